import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Compares where a request comes from: host and port, without scheme. Exactly one of `exact`, `prefix` and `regex`. */
export interface SourceMatchArgs {
  /** The host, and the port where the origin names one, such as `www.example.com` or `localhost:3000`. */
  exact?: Input<string>;
  /** Beginning of the host. */
  prefix?: Input<string>;
  /** RE2 expression that host and port must match as a whole; at most 1024 characters. */
  regex?: Input<string>;
}

/**
 * Refuses requests to some routes that pages of other sites make browsers send: those that change something, with the methods `POST`, `PUT`,
 * `PATCH` and `DELETE`, are answered 403 unless they come from the host that they go to.
 *
 * Follows `CSRFPolicy` of Gloo Platform v2.
 */
export interface CSRFPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Refuse requests. Exactly one of this and `shadowEnabled` is true. Default: true unless `shadowEnabled` is. */
  filterEnabled?: Input<boolean>;
  /** Refuse nothing, and only count in Envoy's statistics (`csrf.request_invalid`) what would be refused. Default false. */
  shadowEnabled?: Input<boolean>;
  /** Percent of the requests that are looked at: 0, or 0.0001 to 100. Default 100. */
  percentage?: Input<number>;
  /** From where requests may come besides the host that they go to, any of the entries. Default: from nowhere else. */
  additionalOrigins?: SourceMatchArgs[];
}
