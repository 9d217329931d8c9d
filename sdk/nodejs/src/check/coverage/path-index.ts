import type { RegexCompiler } from "../regex.js";
import { ConditionIndex } from "./condition-index.js";
import { folded, type PathSet } from "./path.js";

/** The most attempts per table to match a regular expression against an exact path. */
export const MOST_REGEX_RUNS = 10_000;

/**
 * Buckets by path prefix; a lookup tries each prefix length that occurs, so its cost does not grow with the number of
 * buckets.
 */
class HeadMap<B> {
  readonly #buckets = new Map<string, B>();
  readonly #lengths = new Set<number>();

  obtain(head: string, make: () => B): B {
    const found = this.#buckets.get(head);
    if (found !== undefined) return found;
    const made = make();
    this.#buckets.set(head, made);
    this.#lengths.add(head.length);
    return made;
  }

  *headsOf(text: string): Generator<B> {
    for (const length of this.#lengths) {
      const bucket = length <= text.length ? this.#buckets.get(text.slice(0, length)) : undefined;
      if (bucket !== undefined) yield bucket;
    }
  }
}

interface RegexBucket<T> {
  readonly text: string;
  readonly matchers: ConditionIndex<T>;
}

/** Indexes earlier matchers of a table by path, to find one that matches all requests of a later one. */
export class PathIndex<T> {
  readonly #all: ConditionIndex<T>[] = [];
  readonly #any = this.#make();
  readonly #exact = new Map<string, ConditionIndex<T>>();
  readonly #exactFolded = new Map<string, ConditionIndex<T>>();
  readonly #prefix = new HeadMap<ConditionIndex<T>>();
  readonly #prefixFolded = new HeadMap<ConditionIndex<T>>();
  readonly #regex = new Map<string, RegexBucket<T>>();
  readonly #regexByHead = new HeadMap<RegexBucket<T>[]>();
  readonly #compileRegex: RegexCompiler;
  #runs = 0;

  constructor(compileRegex: RegexCompiler) {
    this.#compileRegex = compileRegex;
  }

  /** The steps that all lookups took. */
  get steps(): number {
    return this.#all.reduce((sum, { steps }) => sum + steps, this.#runs);
  }

  /** Stores a matcher with its sorted conditions. */
  add(path: PathSet, conditions: readonly string[], entry: T): void {
    this.#bucketOf(path)?.add(conditions, entry);
  }

  /** Finds an earlier matcher that matches every request with such a path and these conditions. */
  find(path: PathSet, implied: readonly string[]): T | undefined {
    for (const bucket of this.#covering(path)) {
      const found = bucket.find(implied);
      if (found !== undefined) return found;
    }
    return path.kind === "exact" && !path.fold ? this.#findByRegex(path.text, implied) : undefined;
  }

  #make(): ConditionIndex<T> {
    const made = new ConditionIndex<T>();
    this.#all.push(made);
    return made;
  }

  #bucketOf(path: PathSet): ConditionIndex<T> | undefined {
    switch (path.kind) {
      case "any":
        return this.#any;
      case "unknown":
        return undefined;
      case "exact":
        return obtain(path.fold ? this.#exactFolded : this.#exact, path.text, () => this.#make());
      case "prefix":
        return (path.fold ? this.#prefixFolded : this.#prefix).obtain(path.text, () => this.#make());
      case "regex":
        return obtain(this.#regex, path.text, () => this.#makeRegex(path.text, path.head)).matchers;
    }
  }

  #makeRegex(text: string, head: string): RegexBucket<T> {
    const bucket = { text, matchers: this.#make() };
    this.#regexByHead.obtain(head, () => []).push(bucket);
    return bucket;
  }

  *#covering(path: PathSet): Generator<ConditionIndex<T>> {
    yield this.#any;
    if (path.kind === "any" || path.kind === "unknown") return;
    const fold = path.kind !== "regex" && path.fold;
    const same = path.kind === "regex" ? this.#regex.get(path.text)?.matchers : undefined;
    if (same !== undefined) yield same;
    const exact = path.kind === "exact" && !fold ? this.#exact.get(path.text) : undefined;
    if (exact !== undefined) yield exact;
    const beginning = path.kind === "regex" ? path.head : path.text;
    const exactFolded = path.kind === "exact" ? this.#exactFolded.get(folded(beginning)) : undefined;
    if (exactFolded !== undefined) yield exactFolded;
    if (!fold) yield* this.#prefix.headsOf(beginning);
    yield* this.#prefixFolded.headsOf(folded(beginning));
  }

  #findByRegex(text: string, implied: readonly string[]): T | undefined {
    for (const buckets of this.#regexByHead.headsOf(text)) {
      for (const { text: regex, matchers } of buckets) {
        if (this.#runs >= MOST_REGEX_RUNS) return undefined;
        this.#runs++;
        const found = matchers.find(implied);
        if (found !== undefined && this.#matches(regex, text)) return found;
      }
    }
    return undefined;
  }

  #matches(regex: string, text: string): boolean {
    const compiled = this.#compileRegex(regex);
    return "matches" in compiled && compiled.matches(text);
  }
}

function obtain<B>(buckets: Map<string, B>, key: string, make: () => B): B {
  const found = buckets.get(key);
  if (found !== undefined) return found;
  const made = make();
  buckets.set(key, made);
  return made;
}
