import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Which headers of requests and answers of some routes change; at least one change.
 *
 * Headers are removed first, then set, then appended. Values are not empty, because Envoy would leave such headers as they are; they may hold Envoy's operators, such as `%DOWNSTREAM_REMOTE_ADDRESS%`; another percent
 * sign is written twice. The Host header is not changed here but by `hostRewrite` of a route. Follows `HeaderManipulationPolicy` of Gloo Platform
 * v2, which has no fields to set headers.
 */
export interface HeaderManipulationPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Headers that requests get in addition to those that they have, by name. Default: none. */
  appendRequestHeaders?: { [name: string]: Input<string> };
  /** Headers that requests get in the place of those that they have, by name. Default: none. */
  setRequestHeaders?: { [name: string]: Input<string> };
  /** Names of headers that are taken from requests. Default: none. */
  removeRequestHeaders?: Input<string>[];
  /** Headers that answers get in addition to those that they have, by name. Default: none. */
  appendResponseHeaders?: { [name: string]: Input<string> };
  /** Headers that answers get in the place of those that they have, by name. Default: none. */
  setResponseHeaders?: { [name: string]: Input<string> };
  /** Names of headers that are taken from answers. Default: none. */
  removeResponseHeaders?: Input<string>[];
}
