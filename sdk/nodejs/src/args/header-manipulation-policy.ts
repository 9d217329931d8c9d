import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Changes headers of requests and responses of some routes; at least one change.
 *
 * Headers are removed first, then set, then appended. Values must not be empty, because Envoy would leave such headers
 * unchanged; they may contain Envoy's operators, such as `%DOWNSTREAM_REMOTE_ADDRESS%`; any other percent sign is
 * doubled. Where operators yield nothing, a header to set keeps the value that was sent, unless it is also removed, and
 * none is appended. To change the Host header, use `hostRewrite` of a route. Follows `HeaderManipulationPolicy` of Gloo
 * Platform v2, which has no fields to set headers.
 */
export interface HeaderManipulationPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Headers to add to requests, by name; existing ones are kept. Default: none. */
  appendRequestHeaders?: { [name: string]: Input<string> };
  /** Headers to set on requests, by name; existing ones are replaced. Default: none. */
  setRequestHeaders?: { [name: string]: Input<string> };
  /** Names of headers to remove from requests. Default: none. */
  removeRequestHeaders?: Input<string>[];
  /** Headers to add to responses, by name; existing ones are kept. Default: none. */
  appendResponseHeaders?: { [name: string]: Input<string> };
  /** Headers to set on responses, by name; existing ones are replaced. Default: none. */
  setResponseHeaders?: { [name: string]: Input<string> };
  /** Names of headers to remove from responses. Default: none. */
  removeResponseHeaders?: Input<string>[];
}
