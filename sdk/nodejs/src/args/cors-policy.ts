import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Compares the origin of a request. Exactly one of `exact`, `prefix` and `regex`. Follows `StringMatch` of Gloo Platform v2. */
export interface OriginMatchArgs {
  /** The whole origin, such as `https://example.com`; `*` takes every origin. */
  exact?: Input<string>;
  /** Beginning of the origin. */
  prefix?: Input<string>;
  /** RE2 expression that the whole origin must match; at most 1024 characters. */
  regex?: Input<string>;
}

/**
 * Which pages of other origins may use some routes from a browser.
 *
 * The gateway answers preflight requests of these origins by itself; requests of other origins are forwarded without permission for the browser.
 * It acts on routes that forward requests, not on redirects and direct responses. Follows `CORSPolicy` of Gloo Platform v2.
 */
export interface CORSPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Origins that may use the routes, any of the entries. At least one. */
  allowOrigins: OriginMatchArgs[];
  /** Methods that pages may use: `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `CONNECT`, `OPTIONS`, `TRACE`, or `*` for all. Default: those that need no permission. */
  allowMethods?: Input<string>[];
  /** Headers that pages may send, or `*` for all. Default: those that need no permission. */
  allowHeaders?: Input<string>[];
  /** Headers of answers that pages may read, or `*` for all. Default: those that need no permission. */
  exposeHeaders?: Input<string>[];
  /** How long browsers may remember the answer to a preflight request: at least `1s`, in whole seconds. Default: as long as browsers like. */
  maxAge?: Input<string>;
  /** Let pages send cookies and other credentials. Refused with an origin that anybody can have, such as `*`. Default false. */
  allowCredentials?: Input<boolean>;
}
