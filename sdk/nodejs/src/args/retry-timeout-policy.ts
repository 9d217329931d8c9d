import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** How often requests are tried again. Follows `RetryTimeoutPolicy.config.retries` of Gloo Platform v2. */
export interface RetriesArgs {
  /** How often a request is tried again at most, 0 to 4294967295. 0 switches retries off and takes no other field. Default 2. */
  attempts?: Input<number>;
  /** Time that each try may take: at least `1ms`, in whole milliseconds. Default: as long as the whole request. */
  perTryTimeout?: Input<string>;
  /**
   * What is tried again: names of Envoy's retry policies and status codes, with commas between them, as in `5xx,reset,409`.
   *
   * Default: Istio's own, `connect-failure,refused-stream,unavailable,cancelled`, after which no request has reached a server.
   */
  retryOn?: Input<string>;
  /** Try endpoints of other localities too, from the first retry on. Default false: near ones as long as there are any. */
  retryRemoteLocalities?: Input<boolean>;
}

/**
 * How long requests of some routes may take, and how often they are tried again. At least one of `retries` and `requestTimeout`.
 *
 * Follows `RetryTimeoutPolicy` of Gloo Platform v2.
 */
export interface RetryTimeoutPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** How often requests are tried again. Default: Istio's own, twice where no server has seen the request. */
  retries?: RetriesArgs;
  /** Time that a request may take, its retries included, before it is answered 504: at least `1ms`, in whole milliseconds. Default: any time. */
  requestTimeout?: Input<string>;
}
