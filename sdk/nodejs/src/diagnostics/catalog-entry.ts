import type { Severity } from "./severity.js";

/** The catalog entry of one code. */
export interface CatalogEntry<Facts extends object> {
  /** Short kebab-case name, unique. */
  readonly name: string;
  readonly severity: Severity;
  /** The meaning of the finding, in a sentence for the documentation. */
  readonly meaning: string;
  /** The headline: what was found and what was expected. Lower case, no final period. */
  readonly message: (facts: Facts) => string;
  /** Further detail, on a separate line. */
  readonly detail?: (facts: Facts) => string | undefined;
  /** The fix: what to do about it. */
  readonly help: (facts: Facts) => string;
}

/** Declares a catalog entry with the type of its facts. */
export function entry<Facts extends object>(definition: CatalogEntry<Facts>): CatalogEntry<Facts> {
  return definition;
}
