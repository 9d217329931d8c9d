import type { Kind } from "../kinds/kinds.js";
import type { Catalog, Code } from "./catalog.js";
import type { CatalogEntry } from "./catalog-entry.js";
import type { Severity } from "./severity.js";

/** Kinds of resources that findings are about; `Model` stands for a model file as a whole. */
export type SubjectKind = Kind | "Model";

/** The resource that a finding is about. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** Where in the resource's arguments a finding lies: field names and list positions. */
export type Path = readonly (string | number)[];

/** Where something stands in a file: line and column count from 1, columns in UTF-16 code units, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The facts of a code, as its catalogue entry declares them. */
export type FactsOf<C extends Code> = Catalog[C] extends CatalogEntry<infer Facts> ? Facts : never;

/**
 * One finding, as data; `formatDiagnostic` makes the text.
 *
 * `code` is `MW` and four digits and never changes its meaning; the catalogue is `docs/diagnostics.md`.
 */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly path: Path;
  readonly facts: object;
  /** Whether `facts` is empty because these could tell a secret; absent where it is not. */
  readonly withheld?: true;
  /** The delegating routes, as `TABLE/ROUTE`, under which it is so; absent where it is so in any case. */
  readonly through?: readonly string[];
  /** Where in a model file it lies; absent where there is none. */
  readonly place?: Place;
}
