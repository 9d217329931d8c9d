/** Maps matchers to `HTTPMatchRequest` of networking.istio.io/v1. */
import type { Json } from "../../kube/object.js";
import { anyOfValues, type ClaimMatcher, claimPath } from "../../model/claim-match.js";
import { derive } from "../../model/deferred.js";
import type { HeaderMatcher, Matcher, ValueMatch } from "../../model/match.js";

/** Renders one matcher; undefined if it matches every request, so that Istio recognizes the catch-all. */
export function renderMatcher(matcher: Matcher): Json | undefined {
  const must = matcher.headers.filter(({ invert }) => !invert);
  const mustNot = matcher.headers.filter(({ invert }) => invert);
  const claims = matcher.claims ?? [];
  const match = {
    ...(matcher.uri && { uri: { [matcher.uri.kind]: matcher.uri.value } }),
    ...(matcher.uri && matcher.uri.ignoreCase !== false && { ignoreUriCase: matcher.uri.ignoreCase }),
    ...(must.length + claims.length > 0 && { headers: { ...byName(must), ...byClaim(claims) } }),
    ...(mustNot.length > 0 && { withoutHeaders: byName(mustNot) }),
    ...(matcher.queryParameters.length > 0 && { queryParams: byName(matcher.queryParameters) }),
    ...(matcher.method !== undefined && { method: { exact: matcher.method } }),
    ...(matcher.port !== undefined && { port: matcher.port }),
  };
  return Object.keys(match).length === 0 ? undefined : match;
}

type Fields = { readonly [name: string]: Json };

function byName(
  conditions: readonly (HeaderMatcher | { readonly name: string; readonly match: ValueMatch })[],
): Fields {
  return Object.fromEntries(
    conditions.map(({ name, match }) => [name, match.kind === "present" ? {} : { [match.kind]: match.value }]),
  );
}

/** Istio has claims among headers, under a name that no header has. */
function byClaim(claims: readonly ClaimMatcher[]): Fields {
  return Object.fromEntries(
    claims.map((claim) => [
      derive([claim.key, claim.nestedClaimDelimiter], () => `@request.auth.claims[${claimPath(claim).join("][")}]`),
      claim.values.length === 1 ? { exact: claim.values[0] ?? "" } : { regex: anyOfValues(claim.values) },
    ]),
  );
}

/** Renders the `match` list of a route; undefined if one matcher takes every request. */
export function renderMatchers(matchers: readonly Matcher[]): readonly Json[] | undefined {
  const rendered: Json[] = [];
  for (const matcher of matchers) {
    const match = renderMatcher(matcher);
    if (match === undefined) return undefined;
    rendered.push(match);
  }
  return rendered.length === 0 ? undefined : rendered;
}
