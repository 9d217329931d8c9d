import { deferredNumbers } from "./deferred.js";

/** The reason why one matcher can't express two. */
export interface Conflict {
  /** `contradiction`: no request meets both. `inexpressible`: some may, and no single condition selects them. */
  readonly kind: "contradiction" | "inexpressible";
  /** The subject of both, such as `path` or `header x-user`. */
  readonly on: string;
  readonly parent: string;
  readonly child: string;
}

/** Collects conflicts between two matchers. */
export class Conflicts {
  #first: Conflict | undefined;
  readonly #undecided = new Set<number>();

  /** Judges known values; if one is unknown, only records that it decides something. */
  decide(values: readonly unknown[], judge: () => Conflict | undefined): void {
    const numbers = values.flatMap(deferredNumbers);
    for (const number of numbers) this.#undecided.add(number);
    if (numbers.length === 0) this.add(judge());
  }

  /**
   * A contradiction takes precedence over an inexpressible condition: if no request matches, nothing needs expressing.
   */
  add(conflict: Conflict | undefined): void {
    if (this.#first === undefined || this.#first.kind !== "contradiction") this.#first = worse(this.#first, conflict);
  }

  get found(): Conflict | undefined {
    return this.#first;
  }

  /** The numbers of the leaves that decide whether there is a conflict. */
  get undecided(): readonly number[] {
    return [...this.#undecided];
  }
}

function worse(known: Conflict | undefined, other: Conflict | undefined): Conflict | undefined {
  return known === undefined || other?.kind === "contradiction" ? (other ?? known) : known;
}
