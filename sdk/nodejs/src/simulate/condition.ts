import { type ClaimMatcher, claimPath, claimText } from "../model/claim-match.js";
import { isDeferred } from "../model/deferred.js";
import type { HeaderMatcher, Matcher, QueryParameterMatcher, UriMatch, ValueMatch } from "../model/match.js";
import { compileExpression } from "./expression.js";
import type { Incoming } from "./incoming.js";
import { claimAt } from "./jwt.js";
import type { FailedCondition, Wanted } from "./trace.js";

/** One condition of a matcher, ready for evaluation. */
export interface Condition {
  readonly on: FailedCondition["on"];
  readonly name?: string;
  readonly wanted: Wanted;
  /** False while one of its leaves is unknown. */
  readonly isKnown: boolean;
  holds(request: Incoming): boolean;
  found(request: Incoming): readonly string[];
}

/** Returns a matcher's conditions except for the port, in the order in which failures are reported. */
export function conditionsOf({ uri, method, headers, queryParameters, claims = [] }: Matcher): readonly Condition[] {
  return [
    ...(uri === undefined ? [] : [pathCondition(uri)]),
    ...(method === undefined ? [] : [methodCondition(method)]),
    ...headers.map(headerCondition),
    ...queryParameters.map(queryCondition),
    ...claims.map(claimCondition),
  ];
}

function pathCondition({ kind, value, ignoreCase }: UriMatch): Condition {
  const fold = ignoreCase === true && kind !== "regex";
  const test = fold ? foldedTest(kind, value) : textTest(kind, value);
  return {
    on: "path",
    wanted: { how: kind, value, ...(fold && { ignoreCase: true }) },
    isKnown: !isDeferred(value) && !isDeferred(ignoreCase),
    holds: ({ path }) => test(path),
    found: ({ path }) => [path],
  };
}

function textTest(kind: UriMatch["kind"], wanted: string): (text: string) => boolean {
  if (kind === "exact") return (text) => text === wanted;
  if (kind === "prefix") return (text) => text.startsWith(wanted);
  const expression = compileExpression(wanted);
  return (text) => expression.matches(text);
}

/** Paths are ASCII only, so case folding of other letters does not matter. */
function foldedTest(kind: UriMatch["kind"], value: string): (text: string) => boolean {
  const wanted = value.toLowerCase();
  if (kind === "exact") return (text) => text.length === wanted.length && text.toLowerCase() === wanted;
  return (text) => text.slice(0, wanted.length).toLowerCase() === wanted;
}

function methodCondition(method: string): Condition {
  return {
    on: "method",
    wanted: { how: "exact", value: method },
    isKnown: !isDeferred(method),
    holds: (request) => request.method === method,
    found: (request) => [request.method],
  };
}

/**
 * Envoy matches each value of a header on its own; one match is enough
 * (envoy.reloadable_features.match_headers_individually).
 *
 * Under an inverted value condition an absent header counts as empty: Istio sets `treat_missing_header_as_empty`.
 */
function headerCondition({ name, match, invert }: HeaderMatcher): Condition {
  const test = valueTest(match);
  const absent = match.kind !== "present" && invert ? EMPTY : NONE;
  return {
    on: "header",
    name,
    wanted: { ...wantedOf(match), ...(invert && { invert }) },
    isKnown: !isDeferred(name) && isKnownMatch(match),
    holds: ({ headers }) => (headers.get(name) ?? absent).some(test) !== invert,
    found: ({ headers }) => headers.get(name) ?? NONE,
  };
}

const NONE: readonly string[] = [];
const EMPTY: readonly string[] = [""];

function queryCondition({ name, match }: QueryParameterMatcher): Condition {
  const test = valueTest(match);
  return {
    on: "query",
    name,
    wanted: wantedOf(match),
    isKnown: !isDeferred(name) && isKnownMatch(match),
    holds: ({ parameters }) => {
      const value = parameters.get(name);
      return value !== undefined && test(value);
    },
    found: ({ parameters }) => {
      const value = parameters.get(name);
      return value === undefined ? NONE : [value];
    },
  };
}

/** Istio compares strings, and lists of them (MetadataMatcherForJWTClaims). */
function claimCondition(claim: ClaimMatcher): Condition {
  const { key, nestedClaimDelimiter, values } = claim;
  const found = ({ claims = {} }: Incoming): readonly string[] => {
    const value = claimAt(claims, claimPath(claim));
    return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
  };
  return {
    on: "claim",
    name: claimText(claim),
    wanted: { how: "exact", value: values.join(" or ") },
    isKnown: ![key, nestedClaimDelimiter, ...values].some(isDeferred),
    holds: (request) => found(request).some((each) => values.includes(each)),
    found,
  };
}

function valueTest(match: ValueMatch): (value: string) => boolean {
  // Istio turns the expression `*`, which RE2 rejects, into a presence match (canBeConvertedToPresentMatch)
  if (match.kind === "present") return () => true;
  return textTest(match.kind, match.value);
}

function wantedOf(match: ValueMatch): Wanted {
  return match.kind === "present" ? { how: "present" } : { how: match.kind, value: match.value };
}

function isKnownMatch(match: ValueMatch): boolean {
  return match.kind === "present" || !isDeferred(match.value);
}
