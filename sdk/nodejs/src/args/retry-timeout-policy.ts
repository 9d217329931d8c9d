import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Retries of failed requests. Follows `RetryTimeoutPolicy.config.retries` of Gloo Platform v2. */
export interface RetriesArgs {
  /** Maximum number of retries, 0 to 4294967295. 0 disables retries and allows no other field. Default 2. */
  attempts?: Input<number>;
  /**
   * Timeout of each try: at least `1ms`, in whole milliseconds, and below `requestTimeout`, or it has no effect.
   * Default: as long as the whole request.
   */
  perTryTimeout?: Input<string>;
  /**
   * Conditions for a retry: names of Envoy's retry policies and status codes, separated by commas, as in
   * `5xx,reset,409`.
   *
   * Default: Istio's own, `connect-failure,refused-stream,unavailable,cancelled`. The last two are gRPC statuses of
   * servers, which may have acted on the request before.
   */
  retryOn?: Input<string>;
  /**
   * Try endpoints in other localities too, starting with the first retry. Default false: retries prefer nearby
   * endpoints as long as there are any.
   */
  retryRemoteLocalities?: Input<boolean>;
}

/**
 * Sets the timeout and the retries of requests of some routes. At least one of `retries` and `requestTimeout`.
 *
 * Follows `RetryTimeoutPolicy` of Gloo Platform v2.
 */
export interface RetryTimeoutPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /**
   * Retries of failed requests. Default: Istio's own, two if the connection fails, the server refuses the stream, or
   * answers with the gRPC status `UNAVAILABLE` or `CANCELLED`.
   */
  retries?: RetriesArgs;
  /**
   * Time that a request may take, including its retries, before it gets a 504: at least `1ms`, in whole milliseconds.
   * Default: no timeout.
   */
  requestTimeout?: Input<string>;
}
