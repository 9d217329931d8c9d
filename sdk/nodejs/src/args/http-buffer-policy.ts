import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Limits the size of request bodies on some routes; larger ones get a 413.
 *
 * The gateway buffers the whole body before it forwards a request. Follows `HTTPBufferPolicy` of Gloo Platform v2.
 */
export interface HTTPBufferPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Maximum size of a body in bytes, 1 to 4294967295. Each active request may use that much of the proxy's memory. */
  maxRequestBytes: Input<number>;
}
