/**
 * Maps `RateLimitPolicy.local` to Envoy's filter `local_ratelimit`. Tested with upstream Envoy 1.40 and istiod 1.31.
 */
import { RateLimitUnit } from "../../args/rate-limit-policy.js";
import type { Json } from "../../kube/object.js";
import { derive } from "../../model/deferred.js";
import type { LocalRateLimit } from "../../model/rate-limit-policy.js";
import { envoyType, type HttpFilterRenderer, policiesByRoute } from "./http-filter.js";

/** One filter for each route. Per-route settings apply, so each of its matchers and hosts has its own token bucket. */
export const localRateLimitFilters: HttpFilterRenderer = (table, scope) =>
  [...policiesByRoute(table, "RateLimitPolicy")].flatMap(([route, { local }]) => {
    if (local === undefined) return [];
    const settings = renderLimit(local);
    return [{ name: `meshway.local-rate-limit.${scope}.${route}`, settings, routes: new Map([[route, settings]]) }];
  });

const SECONDS: Readonly<Record<RateLimitUnit, number>> = {
  [RateLimitUnit.Second]: 1,
  [RateLimitUnit.Minute]: 60,
  [RateLimitUnit.Hour]: 3600,
  [RateLimitUnit.Day]: 86_400,
};

const ALL: Json = { default_value: { numerator: 100 } };

/** Both fractions are written, because Envoy treats a missing one as 0%. */
function renderLimit({ requestsPerUnit, unit, burst }: LocalRateLimit): Json {
  return {
    "@type": envoyType("extensions.filters.http.local_ratelimit.v3.LocalRateLimit"),
    stat_prefix: "meshway_local_rate_limit",
    token_bucket: {
      max_tokens: burst,
      tokens_per_fill: requestsPerUnit,
      fill_interval: derive([unit], () => `${SECONDS[unit as RateLimitUnit]}s`),
    },
    filter_enabled: ALL,
    filter_enforced: ALL,
  };
}
