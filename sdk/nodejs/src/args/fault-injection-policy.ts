import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Delays some requests. */
export interface FaultDelayArgs {
  /** Delay: at least `1ms`, in whole milliseconds. */
  fixedDelay: Input<string>;
  /** Percentage of requests: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
}

/** Responds to some requests with an error. */
export interface FaultAbortArgs {
  /** Status code of the response, 200 to 599. */
  httpStatus: Input<number>;
  /** Percentage of requests: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
}

/**
 * Injects faults into requests of some routes before they are forwarded; at least one of `delay` and `abort`. The delay
 * comes first.
 *
 * Follows `FaultInjectionPolicy` of Gloo Platform v2.
 */
export interface FaultInjectionPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Delay requests. Default: none. */
  delay?: FaultDelayArgs;
  /** Respond with an error. Default: none. */
  abort?: FaultAbortArgs;
}
