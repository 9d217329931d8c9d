import type { Input } from "./input.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/**
 * Request that an external authorizer gets over HTTP. Follows `ExtAuthServer.httpService.request` of Gloo Platform v2.
 */
export interface ExtAuthHttpRequestArgs {
  /** Names of request headers to send to the authorizer, besides `Host` and `Authorization`. Default: none. */
  allowedHeaders?: Input<string>[];
  /** Headers to send only to the authorizer, by name. Values as in a `HeaderManipulationPolicy`. Default: none. */
  headersToAdd?: { [name: string]: Input<string> };
}

/** Use of an authorizer's HTTP response. Follows `ExtAuthServer.httpService.response` of Gloo Platform v2. */
export interface ExtAuthHttpResponseArgs {
  /**
   * Names of headers to copy from the authorizer's response to an allowed request, replacing its own. Default: none.
   */
  allowedUpstreamHeaders?: Input<string>[];
  /**
   * Names of headers to copy from the authorizer's response to a denied caller, besides those that Envoy always passes
   * on, such as `Location` and `WWW-Authenticate`. Default: all of them.
   */
  allowedClientHeaders?: Input<string>[];
}

/** Calls the authorizer over HTTP instead of gRPC. Follows `ExtAuthServer.httpService` of Gloo Platform v2. */
export interface ExtAuthHttpServiceArgs {
  /** Prefix to put before the request's path when calling the authorizer. It starts with a slash. Default: none. */
  pathPrefix?: Input<string>;
  /** Request that the authorizer gets: method, path and these headers. Default: no additional headers. */
  request?: ExtAuthHttpRequestArgs;
  /** Use of the authorizer's response. */
  response?: ExtAuthHttpResponseArgs;
}

/** Part of a request's body to send to an authorizer. Follows `ExtAuthServer.requestBody` of Gloo Platform v2. */
export interface ExtAuthRequestBodyArgs {
  /** Bytes of the body to buffer until the authorizer has responded, 1 to 4294967295. Default 4096. */
  maxRequestBytes?: Input<number>;
  /** Send the authorizer the start of a larger body. Default false: the request gets a 413. */
  allowPartialMessage?: Input<boolean>;
  /** Send the body as bytes, not as UTF-8 text. Only without `httpService`. Default false. */
  packAsBytes?: Input<boolean>;
}

/**
 * External authorizer, called by gRPC with Envoy's own service `envoy.service.auth.v3.Authorization`, or over HTTP.
 *
 * Follows `ExtAuthServer` of Gloo Platform v2, which is a separate resource there.
 */
export interface ExtAuthServerArgs {
  /** Destination of the authorizer. For gRPC, a port with protocol `GRPC` or `HTTP2`. */
  destinationServer: PolicyDestinationArgs;
  /** Call over HTTP: status code 200 allows the request. Default: call by gRPC. */
  httpService?: ExtAuthHttpServiceArgs;
  /** Timeout for the authorizer's response: `1ms` to `4294967295s`, in whole milliseconds. Default `2s`. */
  requestTimeout?: Input<string>;
  /** Let requests pass while the authorizer fails, in any way. Default false: they get `statusOnError`. */
  failureModeAllow?: Input<boolean>;
  /** Send the authorizer the bodies of requests. Default: none are sent. */
  requestBody?: ExtAuthRequestBodyArgs;
  /** Status code that requests get while the authorizer fails: one of 400 to 511 that Envoy knows. Default 403. */
  statusOnError?: Input<number>;
}

/** Additional data for an authorizer. Follows `ExtAuthPolicy.config.customAuth` of Gloo Platform v2. */
export interface CustomAuthArgs {
  /** Names and values to send with each gRPC call, as `context_extensions`. */
  contextExtensions: { [name: string]: Input<string> };
}

/**
 * Calls an external authorizer for each request of some routes, before anything else happens to it; a denied request
 * gets the authorizer's response.
 *
 * Follows `ExtAuthPolicy` of Gloo Platform v2, limited to your own authorizer (`customAuth`).
 */
export interface ExtAuthPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** The authorizer. */
  server: ExtAuthServerArgs;
  /** Additional data for the authorizer. Rejected with `server.httpService`. Default: none. */
  customAuth?: CustomAuthArgs;
}
