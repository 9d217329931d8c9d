import type { Condition } from "./condition.js";
import { type EnvoyRoute, holds } from "./envoy-route.js";
import type { Incoming } from "./incoming.js";

/** An Envoy route whose path already matches: its remaining conditions, and its index. */
interface Candidate {
  readonly place: number;
  readonly conditions: readonly Condition[];
}

/**
 * Finds the first matching Envoy route without evaluating all of them: exact paths, prefixes and literal heads of
 * expressions are looked up.
 */
export class EnvoyRouteIndex {
  readonly #envoyRoutes: readonly EnvoyRoute[];
  readonly #exact = new Map<string, Candidate[]>();
  readonly #prefix = new Map<string, Candidate[]>();
  readonly #lengths: readonly number[];
  readonly #others: Candidate[] = [];

  constructor(envoyRoutes: readonly EnvoyRoute[]) {
    this.#envoyRoutes = envoyRoutes;
    envoyRoutes.forEach((envoyRoute, place) => {
      if (envoyRoute.omitted === undefined) this.#add(envoyRoute, place);
    });
    this.#lengths = [...new Set([...this.#prefix.keys()].map(({ length }) => length))].sort((a, b) => a - b);
  }

  #add({ matcher, conditions }: EnvoyRoute, place: number): void {
    const uri = matcher?.content.uri;
    if (uri === undefined || conditions[0]?.isKnown !== true || uri.ignoreCase === true) {
      this.#others.push({ place, conditions: cheapFirst(conditions) });
    } else if (uri.kind === "regex") {
      const list = listOf(this.#prefix, literalHead(uri.value));
      list.push({ place, conditions: cheapFirst(conditions) });
    } else {
      const list = listOf(uri.kind === "exact" ? this.#exact : this.#prefix, uri.value);
      list.push({ place, conditions: conditions.slice(1) });
    }
  }

  /** Returns the first Envoy route that matches the request. */
  first(request: Incoming): EnvoyRoute | undefined {
    const { path } = request;
    let place = firstPlace(this.#exact.get(path), request, this.#envoyRoutes.length);
    for (const length of this.#lengths) {
      if (length > path.length) break;
      place = firstPlace(this.#prefix.get(path.slice(0, length)), request, place);
    }
    return this.#envoyRoutes[firstPlace(this.#others, request, place)];
  }
}

function listOf(lists: Map<string, Candidate[]>, key: string): Candidate[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** Returns the obvious literal prefix of every text that an expression matches. */
function literalHead(regex: string): string {
  if (regex.includes("|")) return "";
  const head = /^[\w/-]*/.exec(regex)?.[0] ?? "";
  // a quantifier after the run applies to its last character
  return /^[*+?{]/.test(regex.slice(head.length)) ? head.slice(0, -1) : head;
}

/** Returns the index of the first candidate before `before` that matches the request, otherwise `before`. */
function firstPlace(candidates: readonly Candidate[] | undefined, request: Incoming, before: number): number {
  if (candidates === undefined) return before;
  for (const { place, conditions } of candidates) {
    if (place >= before) return before;
    if (holds(conditions, request)) return place;
  }
  return before;
}

function cheapFirst(conditions: readonly Condition[]): readonly Condition[] {
  const isDear = ({ wanted }: Condition): boolean => wanted.how === "regex";
  return [...conditions.filter((each) => !isDear(each)), ...conditions.filter(isDear)];
}
