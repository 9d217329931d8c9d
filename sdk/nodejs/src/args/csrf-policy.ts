import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Matches the source of a request: host and port, without the scheme. Exactly one of `exact`, `prefix` and `regex`. */
export interface SourceMatchArgs {
  /** Host, with the port if the origin has one, such as `www.example.com` or `localhost:3000`. */
  exact?: Input<string>;
  /** Prefix of the host. */
  prefix?: Input<string>;
  /** RE2 expression that must match the whole host and port; at most 1024 characters. */
  regex?: Input<string>;
}

/**
 * Rejects requests to some routes that pages of other sites make browsers send: requests that change something, with
 * the methods `POST`, `PUT`, `PATCH` and `DELETE`, get a 403 unless they come from the host that they are sent to.
 *
 * Follows `CSRFPolicy` of Gloo Platform v2.
 */
export interface CSRFPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Reject requests. Exactly one of this and `shadowEnabled` is true. Default: true unless `shadowEnabled` is. */
  filterEnabled?: Input<boolean>;
  /**
   * Reject nothing; only count in Envoy's statistics (`csrf.request_invalid`) what would be rejected. Default false.
   */
  shadowEnabled?: Input<boolean>;
  /** Percentage of requests to check: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
  /**
   * Sources that requests may come from besides the host that they are sent to, matched by any of the entries. Default:
   * none.
   */
  additionalOrigins?: SourceMatchArgs[];
}
