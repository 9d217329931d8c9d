import { isDeferred } from "../../model/deferred.js";
import type { Matcher, ValueMatch } from "../../model/match.js";

/** The conditions of a matcher besides its path, as texts: equal texts are equal conditions. */
export interface MatcherConditions {
  /** The matcher's own conditions, sorted; undefined while one is not known, so that the matcher certainly covers nothing. */
  readonly own: readonly string[] | undefined;
  /** Sorted conditions that hold for every request that the matcher takes: its own known ones and what follows from them. */
  readonly implied: readonly string[];
}

/** The conditions of a matcher on headers, query, method and port. */
export function matcherConditionsOf({ headers, queryParameters, method, port }: Matcher): MatcherConditions {
  // most matchers have none
  if (headers.length + queryParameters.length === 0 && method === undefined && port === undefined) return NONE;
  const own: (string | undefined)[] = [];
  const present: string[] = [];
  for (const { name, match, invert } of headers) {
    own.push(textOf([invert ? "without header" : "header", name], match));
    // a header that has some value is there; nothing follows from a header that has not
    if (!invert && !isDeferred(name)) present.push(JSON.stringify(["header", name, "present"]));
  }
  for (const { name, match } of queryParameters) {
    own.push(textOf(["parameter", name], match));
    if (!isDeferred(name)) present.push(JSON.stringify(["parameter", name, "present"]));
  }
  if (method !== undefined) own.push(isDeferred(method) ? undefined : JSON.stringify(["method", method]));
  if (port !== undefined) own.push(isDeferred(port) ? undefined : JSON.stringify(["port", port]));
  const known = own.filter((condition) => condition !== undefined);
  return {
    own: known.length === own.length ? sorted(known) : undefined,
    implied: sorted([...known, ...present]),
  };
}

const NONE: MatcherConditions = { own: [], implied: [] };

function textOf(subject: readonly string[], match: ValueMatch): string | undefined {
  const parts = match.kind === "present" ? [...subject, match.kind] : [...subject, match.kind, match.value];
  return parts.some(isDeferred) ? undefined : JSON.stringify(parts);
}

function sorted(conditions: readonly string[]): readonly string[] {
  return conditions.length < 2 ? conditions : [...new Set(conditions)].sort();
}
