import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Time for which a rate counts. Named as in Gloo Platform v2. */
export const RateLimitUnit = {
  /** 1 second. */
  Second: "SECOND",
  /** 60 seconds. */
  Minute: "MINUTE",
  /** 3600 seconds. */
  Hour: "HOUR",
  /** 86,400 seconds. */
  Day: "DAY",
} as const;
export type RateLimitUnit = (typeof RateLimitUnit)[keyof typeof RateLimitUnit];

/**
 * A rate that each proxy counts by itself: two proxies of a gateway together let through twice as much.
 *
 * Each route has its own tokens, and so has each of its matchers, each host of its table and each listener. A request takes one; they come
 * back evenly over the unit. A change of routes or policies of the proxy fills them up.
 */
export interface LocalRateLimitArgs {
  /** Requests that a route takes in each `unit`, 1 to 4294967295. */
  requestsPerUnit: Input<number>;
  /** The time for which `requestsPerUnit` counts. */
  unit: Input<RateLimitUnit>;
  /** Requests that a route takes at once after a pause, 1 to 4294967295. Default: `requestsPerUnit`. */
  burst?: Input<number>;
}

/**
 * How many requests some routes take; more are answered 429.
 *
 * Follows `RateLimitPolicy` of Gloo Platform v2, which has no `local` form and asks a server instead.
 */
export interface RateLimitPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** A rate that each proxy counts by itself, for each route. */
  local: LocalRateLimitArgs;
}
