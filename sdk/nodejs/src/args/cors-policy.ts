import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Matches the origin of a request. Exactly one of `exact`, `prefix` and `regex`. Follows `StringMatch` of Gloo Platform
 * v2.
 */
export interface OriginMatchArgs {
  /** Full origin, such as `https://example.com`; `*` matches every origin. */
  exact?: Input<string>;
  /** Prefix of the origin. */
  prefix?: Input<string>;
  /** RE2 expression that must match the whole origin; at most 1024 characters. */
  regex?: Input<string>;
}

/**
 * Allows browser pages of other origins to use some routes.
 *
 * The gateway answers preflight requests from these origins itself; requests from other origins are forwarded without
 * permission for the browser. It applies to routes that forward requests, not to redirects and direct responses.
 * Follows `CORSPolicy` of Gloo Platform v2.
 */
export interface CORSPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Origins that may use the routes, matched by any of the entries. At least one. */
  allowOrigins: OriginMatchArgs[];
  /**
   * Methods that pages may use: `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `CONNECT`, `OPTIONS`, `TRACE`, or `*`
   * for all. Default: those that need no permission.
   */
  allowMethods?: Input<string>[];
  /** Request headers that pages may send, or `*` for all. Default: those that need no permission. */
  allowHeaders?: Input<string>[];
  /** Response headers that pages may read, or `*` for all. Default: those that need no permission. */
  exposeHeaders?: Input<string>[];
  /**
   * Time for which browsers may cache the response to a preflight request: at least `1s`, in whole seconds. Default:
   * the browser's choice.
   */
  maxAge?: Input<string>;
  /**
   * Let pages send cookies and other credentials. Rejected with an origin that anyone can have, such as `*`. Default
   * false.
   */
  allowCredentials?: Input<boolean>;
}
