import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Makes some requests wait. */
export interface FaultDelayArgs {
  /** How long: at least `1ms`, in whole milliseconds. */
  fixedDelay: Input<string>;
  /** Percent of the requests: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
}

/** Answers some requests with an error. */
export interface FaultAbortArgs {
  /** Status code of the answer, 200 to 599. */
  httpStatus: Input<number>;
  /** Percent of the requests: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
}

/**
 * Faults that requests of some routes meet before they are forwarded; at least one of `delay` and `abort`, and the delay comes first.
 *
 * Follows `FaultInjectionPolicy` of Gloo Platform v2.
 */
export interface FaultInjectionPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Make requests wait. Default: none. */
  delay?: FaultDelayArgs;
  /** Answer requests with an error. Default: none. */
  abort?: FaultAbortArgs;
}
