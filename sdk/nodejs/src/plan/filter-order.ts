import type { RoutePolicyKind } from "../kinds/kinds.js";

/**
 * Policies that Istio renders to filters of its own. They come first, so that preflight requests are answered without
 * a token.
 */
export const ISTIO_FILTERS = ["FaultInjectionPolicy", "CORSPolicy"] as const satisfies readonly RoutePolicyKind[];

/**
 * Policies that Meshway renders to filters, in the order in which requests meet them: what is rejected takes no token
 * and is not waited for.
 */
export const OWN_FILTERS = [
  // answers meet filters the other way round, so that the first compresses what all others have made
  "CompressionPolicy",
  "CSRFPolicy",
  "JWTPolicy",
  "ExtAuthPolicy",
  "RateLimitPolicy",
  "HTTPBufferPolicy",
  "TransformationPolicy",
] as const satisfies readonly RoutePolicyKind[];

/** The order of filters in Envoy, for rendering and for simulation. */
export const FILTER_ORDER = [...ISTIO_FILTERS, ...OWN_FILTERS] as const;

export type OwnFilterKind = (typeof OWN_FILTERS)[number];
export type FilterKind = (typeof FILTER_ORDER)[number];
