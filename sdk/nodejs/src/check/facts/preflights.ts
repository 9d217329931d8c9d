import { isDeferred } from "../../model/deferred.js";
import type { EffectiveRoute } from "../../model/delegation.js";
import type { HeaderMatcher, Matcher } from "../../model/match.js";

/** Headers that browsers and proxies put into preflight requests (Fetch standard, CORS-preflight fetch). */
const IN_PREFLIGHTS: readonly string[] = [
  ...["accept", "accept-encoding", "accept-language", "access-control-request-headers", "cache-control", "connection"],
  ...["access-control-request-method", "access-control-request-private-network", "dnt", "host", "origin", "pragma"],
  ...["priority", "referer", "user-agent", "forwarded", "via", "x-real-ip", "x-request-id", "traceparent"],
];

/** Prefixes of such headers. */
const PREFIXES = /^(?:sec-|x-forwarded-|x-envoy-|x-b3-)/;

/** Returns the reason why no preflight request meets a matcher; undefined if one may. */
export function unfitForPreflights({ method, headers }: Matcher): string | undefined {
  if (method !== undefined && !isDeferred(method) && method !== "OPTIONS") return `method ${method}`;
  const header = headers.find(isAbsent);
  return header && `header ${header.name}`;
}

function isAbsent({ name, invert }: HeaderMatcher): boolean {
  return !invert && !isDeferred(name) && !IN_PREFLIGHTS.includes(name) && !PREFIXES.test(name);
}

/** Returns the reason why no preflight request meets a route, for its first matcher; undefined if one may. */
export function routeUnfitForPreflights({ matchers }: Pick<EffectiveRoute, "matchers">): string | undefined {
  const reasons = matchers.map(unfitForPreflights);
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** Methods of requests that browsers send without a preflight request, if they have no special headers. */
const SIMPLE_METHODS: readonly string[] = ["GET", "HEAD", "POST"];

/** True if pages may call a route without preflight requests. */
export function isSimpleRoute({ matchers }: Pick<EffectiveRoute, "matchers">): boolean {
  return matchers.every(
    ({ method, headers }) =>
      (method === undefined || isDeferred(method) || SIMPLE_METHODS.includes(method)) && !headers.some(isAbsent),
  );
}

/** True if no path meets both conditions for certain. */
export function arePathsApart({ uri: a }: Matcher, { uri: b }: Matcher): boolean {
  if (a === undefined || b === undefined || a.kind === "regex" || b.kind === "regex") return false;
  if ([a.value, b.value, a.ignoreCase, b.ignoreCase].some(isDeferred)) return false;
  const fold = a.ignoreCase === true || b.ignoreCase === true;
  const [left, right] = fold ? [a.value.toLowerCase(), b.value.toLowerCase()] : [a.value, b.value];
  const leftIn = a.kind === "exact" ? b.kind === "prefix" && left.startsWith(right) : right.startsWith(left);
  const rightIn = b.kind === "exact" ? a.kind === "prefix" && right.startsWith(left) : left.startsWith(right);
  return !(left === right || leftIn || rightIn);
}
