/** The largest set of conditions to look up by each of its subsets. */
const MOST_SUBSETS_OF = 6;

/** The most earlier sets that are compared one by one. */
const MOST_COMPARED = 32;

interface Stored<T> {
  readonly conditions: readonly string[];
  readonly entry: T;
}

/**
 * Indexes earlier matchers of one path by their other conditions, to find one whose conditions all requests of a
 * matcher meet.
 *
 * A lookup costs at most 63 steps regardless of the number of matchers. Lookups are exact for up to 32 matchers, and
 * for requests with up to six known conditions; beyond both, only the first 32 matchers are compared, and a covered
 * matcher may go unreported.
 */
export class ConditionIndex<T> {
  #free: Stored<T> | undefined;
  readonly #bySet = new Map<string, T>();
  readonly #first: Stored<T>[] = [];
  /** The comparisons and lookups made so far. */
  steps = 0;

  /** Stores a matcher with these sorted conditions, unless an earlier one has the same. */
  add(conditions: readonly string[], entry: T): void {
    if (conditions.length === 0) this.#free ??= { conditions, entry };
    const key = keyOf(conditions);
    if (this.#bySet.has(key)) return;
    this.#bySet.set(key, entry);
    if (this.#first.length < MOST_COMPARED) this.#first.push({ conditions, entry });
  }

  /** Finds an earlier matcher whose conditions are all among these sorted ones. */
  find(implied: readonly string[]): T | undefined {
    this.steps++;
    if (this.#free !== undefined) return this.#free.entry;
    if (this.#bySet.size > MOST_COMPARED && implied.length <= MOST_SUBSETS_OF) return this.#findSubset(implied);
    return this.#compare(implied);
  }

  #findSubset(implied: readonly string[]): T | undefined {
    for (let mask = 1; mask < 1 << implied.length; mask++) {
      this.steps++;
      const found = this.#bySet.get(keyOf(implied.filter((_, bit) => (mask >> bit) & 1)));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #compare(implied: readonly string[]): T | undefined {
    const has = new Set(implied);
    return this.#first.find(({ conditions }) => {
      this.steps++;
      return conditions.every((condition) => has.has(condition));
    })?.entry;
  }
}

function keyOf(conditions: readonly string[]): string {
  return conditions.join("\n");
}
