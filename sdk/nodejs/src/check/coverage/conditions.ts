import { type ClaimMatcher, claimPath } from "../../model/claim-match.js";
import { isDeferred } from "../../model/deferred.js";
import type { Matcher, ValueMatch } from "../../model/match.js";

/** The conditions of a matcher other than its path, as text; equal conditions have equal text. */
export interface MatcherConditions {
  /**
   * The matcher's own conditions, sorted; undefined if one is unknown, because such a matcher covers nothing for
   * certain.
   */
  readonly own: readonly string[] | undefined;
  /**
   * Sorted conditions that hold for every request that the matcher matches: its own known ones and their consequences.
   */
  readonly implied: readonly string[];
}

/** Returns the conditions of a matcher on headers, query, method and port. */
export function matcherConditionsOf({
  headers,
  queryParameters,
  claims = [],
  method,
  port,
}: Matcher): MatcherConditions {
  // most matchers have none
  if (headers.length + queryParameters.length + claims.length === 0 && method === undefined && port === undefined)
    return NONE;
  const own: (string | undefined)[] = [];
  const present: string[] = [];
  for (const { name, match, invert } of headers) {
    own.push(textOf([invert ? "without header" : "header", name], match));
    // a header with some value is present; the absence of a value implies nothing
    if (!invert && !isDeferred(name)) present.push(JSON.stringify(["header", name, "present"]));
  }
  for (const { name, match } of queryParameters) {
    own.push(textOf(["parameter", name], match));
    if (!isDeferred(name)) present.push(JSON.stringify(["parameter", name, "present"]));
  }
  for (const claim of claims) own.push(textOfClaim(claim));
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

function textOfClaim(claim: ClaimMatcher): string | undefined {
  const parts = [...claimPath(claim), ...claim.values];
  return parts.some(isDeferred) ? undefined : JSON.stringify(["claim", claimPath(claim), sorted(claim.values)]);
}

function sorted(conditions: readonly string[]): readonly string[] {
  return conditions.length < 2 ? conditions : [...new Set(conditions)].sort();
}
