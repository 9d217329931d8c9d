import type { Input } from "./input.js";
import type { ListenerSelectorArgs } from "./listener-selector.js";
import type { HeaderMatcherArgs } from "./match.js";

/** How a status code is compared with another one. */
export const StatusComparator = {
  /** It is that one. */
  Equal: "EQ",
  /** It is that one or higher. */
  AtLeast: "GE",
  /** It is that one or lower. */
  AtMost: "LE",
} as const;
export type StatusComparator = (typeof StatusComparator)[keyof typeof StatusComparator];

/** Compares the status code of an answer. */
export interface StatusCodeMatcherArgs {
  /** The status code to compare with, 0 to 599; a request that was never answered has 0. */
  value: Input<number>;
  /** How the answer's status code must compare with `value`. Default `EQ`. */
  comparator?: Input<StatusComparator>;
}

/** Chooses requests for an access log. Exactly one of `statusCodeMatcher` and `headerMatcher`. */
export interface AccessLogFilterArgs {
  /** Requests whose answer has such a status code. */
  statusCodeMatcher?: StatusCodeMatcherArgs;
  /** Requests with such a header. */
  headerMatcher?: HeaderMatcherArgs;
}

/**
 * Which requests a gateway's proxies log, and what besides the usual: a line of JSON for each, on the standard output of the proxy.
 *
 * The fields are those of Istio's own lines in JSON, such as `method`, `path`, `response_code` and `duration`; `access_log_policy` has the
 * policy's name. What else is included stands in `request_headers`, `response_headers`, `response_trailers` and `filter_state`, `null` where
 * a request has none. The access log of the mesh is one more, which stays as it is. Follows `AccessLogPolicy` of Gloo Platform v2.
 */
export interface AccessLogPolicyArgs {
  /** Listeners that the policy is for, any of the entries. Default: all listeners of the gateway that lists it. */
  applyToListeners?: ListenerSelectorArgs[];
  /** Requests that are logged, any of the entries. Default: all requests. */
  filters?: AccessLogFilterArgs[];
  /** Headers of requests that are logged, in any case. Default: none. */
  includedRequestHeaders?: string[];
  /** Headers of answers that are logged, in any case. Default: none. */
  includedResponseHeaders?: string[];
  /** Trailers of answers that are logged, in any case, such as `grpc-status`. Default: none. */
  includedResponseTrailers?: string[];
  /** Objects that are logged of what Envoy's filters keep about a request, by their keys. Default: none. */
  includedFilterStateObjects?: string[];
}
