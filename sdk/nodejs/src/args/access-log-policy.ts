import type { Input } from "./input.js";
import type { ListenerSelectorArgs } from "./listener-selector.js";
import type { HeaderMatcherArgs } from "./match.js";

/** Comparisons of a response's status code with a value. */
export const StatusComparator = {
  /** Equal to the value. */
  Equal: "EQ",
  /** Equal to or higher than the value. */
  AtLeast: "GE",
  /** Equal to or lower than the value. */
  AtMost: "LE",
} as const;
export type StatusComparator = (typeof StatusComparator)[keyof typeof StatusComparator];

/** Matches a response by its status code. */
export interface StatusCodeMatcherArgs {
  /** Status code to compare with, 0 to 599; a request that never got a response has status code 0. */
  value: Input<number>;
  /** Comparison of the response's status code with `value`. Default `EQ`. */
  comparator?: Input<StatusComparator>;
}

/** Selects requests for an access log. Exactly one of `statusCodeMatcher` and `headerMatcher`. */
export interface AccessLogFilterArgs {
  /** Requests whose response has a matching status code. */
  statusCodeMatcher?: StatusCodeMatcherArgs;
  /** Requests with a matching header. */
  headerMatcher?: HeaderMatcherArgs;
}

/**
 * Logs requests in a gateway's proxies, with additional fields: one line of JSON per request, on the proxy's standard
 * output.
 *
 * The fields are the ones of Istio's default JSON format, such as `method`, `path`, `response_code` and `duration`;
 * `access_log_policy` holds the policy's name. Additional fields are in `request_headers`, `response_headers`,
 * `response_trailers` and `filter_state`, and are `null` if a request has none. The mesh's own access log is written as
 * before. Follows `AccessLogPolicy` of Gloo Platform v2.
 */
export interface AccessLogPolicyArgs {
  /**
   * Listeners that the policy applies to, selected by any of the entries. Default: all listeners of the gateway that
   * lists it.
   */
  applyToListeners?: ListenerSelectorArgs[];
  /** Requests to log, selected by any of the entries. Default: all requests. */
  filters?: AccessLogFilterArgs[];
  /** Request headers to log, case-insensitive. Default: none. */
  includedRequestHeaders?: string[];
  /** Response headers to log, case-insensitive. Default: none. */
  includedResponseHeaders?: string[];
  /** Response trailers to log, case-insensitive, such as `grpc-status`. Default: none. */
  includedResponseTrailers?: string[];
  /** Keys of Envoy filter state objects to log. Default: none. */
  includedFilterStateObjects?: string[];
}
