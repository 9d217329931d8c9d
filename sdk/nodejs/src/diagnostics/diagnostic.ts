import type { Kind } from "../kinds/kinds.js";
import type { Catalog, Code } from "./catalog.js";
import type { CatalogEntry } from "./catalog-entry.js";
import type { Severity } from "./severity.js";

/** The kind of resource that a finding is about; `Model` stands for a whole model file. */
export type SubjectKind = Kind | "Model";

/** The resource that a finding is about. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** The path to a finding in the resource's arguments: field names and list indexes. */
export type Path = readonly (string | number)[];

/** A position in a file: line and column count from 1, columns in UTF-16 code units, as in editors. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The facts of a code, as its catalog entry declares them. */
export type FactsOf<C extends Code> = Catalog[C] extends CatalogEntry<infer Facts> ? Facts : never;

/**
 * One finding, as data; `formatDiagnostic` renders it as text.
 *
 * `code` is `MW` and four digits and never changes its meaning; the catalog is `docs/diagnostics.md`.
 */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly path: Path;
  readonly facts: object;
  /** Set if `facts` is empty because the facts could reveal a secret. */
  readonly withheld?: true;
  /** The delegating routes, as `TABLE/ROUTE`, under which the finding applies; absent if it always does. */
  readonly through?: readonly string[];
  /** The position in the model file; absent if there is no file. */
  readonly place?: Place;
}
