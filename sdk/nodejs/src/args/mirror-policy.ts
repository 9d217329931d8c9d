import type { Input } from "./input.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Mirrors requests of some routes to another destination, to test it with real requests. Callers only get the response
 * of the original.
 *
 * A mirrored request is the request as forwarded: with the route's rewrites and header changes, including its Host.
 * Follows `MirrorPolicy` of Gloo Platform v2.
 */
export interface MirrorPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Destination of mirrored requests. */
  destination: PolicyDestinationArgs;
  /** Percentage of requests to mirror: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
}
