import { deferredNumbers } from "./deferred.js";

/** Why one matcher can't say what two of them say together. */
export interface Conflict {
  /** `contradiction`: no request meets both. `inexpressible`: some may, and no single condition says which. */
  readonly kind: "contradiction" | "inexpressible";
  /** What both are about, such as `path` or `header x-user`. */
  readonly on: string;
  readonly parent: string;
  readonly child: string;
}

/** Collects what is in the way of combining two matchers. */
export class Conflicts {
  #first: Conflict | undefined;
  readonly #undecided = new Set<number>();

  /** Judges values; while one of them is not known, only remembers that it decides something. */
  decide(values: readonly unknown[], judge: () => Conflict | undefined): void {
    const numbers = values.flatMap(deferredNumbers);
    for (const number of numbers) this.#undecided.add(number);
    if (numbers.length === 0) this.add(judge());
  }

  /** A contradiction goes before what can't be expressed: where no request fits, nothing needs to be. */
  add(conflict: Conflict | undefined): void {
    if (this.#first === undefined || this.#first.kind !== "contradiction") this.#first = worse(this.#first, conflict);
  }

  get found(): Conflict | undefined {
    return this.#first;
  }

  /** The numbers of the leaves on which it depends whether there is a conflict. */
  get undecided(): readonly number[] {
    return [...this.#undecided];
  }
}

function worse(known: Conflict | undefined, other: Conflict | undefined): Conflict | undefined {
  return known === undefined || other?.kind === "contradiction" ? (other ?? known) : known;
}
