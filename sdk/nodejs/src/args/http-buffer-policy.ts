import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * How large the bodies of requests to some routes may be; larger ones are answered 413.
 *
 * The gateway waits for the whole body before it forwards a request. Follows `HTTPBufferPolicy` of Gloo Platform v2.
 */
export interface HTTPBufferPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Bytes that a body may have, 1 to 4294967295. Each request under way may take as much of the proxy's memory. */
  maxRequestBytes: Input<number>;
}
