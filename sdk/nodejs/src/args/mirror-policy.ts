import type { Input } from "./input.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Copies requests of some routes to another destination, to try it with real requests. Callers get the answer of the original only.
 *
 * A copy is the request as it is forwarded: with the route's rewrites and changes of headers, its Host too. Follows `MirrorPolicy` of Gloo
 * Platform v2.
 */
export interface MirrorPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Where copies go. */
  destination: PolicyDestinationArgs;
  /** Percent of the requests that are copied: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
}
