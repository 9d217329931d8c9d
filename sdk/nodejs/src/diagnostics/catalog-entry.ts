import type { Severity } from "./severity.js";

/** What the catalogue says about one code. */
export interface CatalogEntry<Facts extends object> {
  /** Short kebab-case name, unique. */
  readonly name: string;
  readonly severity: Severity;
  /** What the finding means, in one sentence for the documentation. */
  readonly meaning: string;
  /** The headline: what was found and what was expected. Lower case, no final full stop. */
  readonly message: (facts: Facts) => string;
  /** Further detail for a line of its own. */
  readonly detail?: (facts: Facts) => string | undefined;
  /** What to do about it. */
  readonly help: (facts: Facts) => string;
}

/** Declares a catalogue entry with its type of facts. */
export function entry<Facts extends object>(definition: CatalogEntry<Facts>): CatalogEntry<Facts> {
  return definition;
}
