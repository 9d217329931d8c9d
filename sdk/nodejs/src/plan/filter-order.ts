import type { RoutePolicyKind } from "../kinds/kinds.js";

/**
 * Policies that Istio renders to its own filters. They come first, so preflight requests are answered without a token.
 */
export const ISTIO_FILTERS = ["FaultInjectionPolicy", "CORSPolicy"] as const satisfies readonly RoutePolicyKind[];

/**
 * Policies that Meshway renders to filters, in request order: a rejected request neither consumes a rate-limit token
 * nor is buffered.
 */
export const OWN_FILTERS = [
  // responses pass the filters in reverse order, so the first filter compresses what all others produced
  "CompressionPolicy",
  "CSRFPolicy",
  "JWTPolicy",
  "ExtAuthPolicy",
  "RateLimitPolicy",
  "HTTPBufferPolicy",
  "TransformationPolicy",
] as const satisfies readonly RoutePolicyKind[];

/** The order of filters in Envoy, used for rendering and simulation. */
export const FILTER_ORDER = [...ISTIO_FILTERS, ...OWN_FILTERS] as const;

export type OwnFilterKind = (typeof OWN_FILTERS)[number];
export type FilterKind = (typeof FILTER_ORDER)[number];
