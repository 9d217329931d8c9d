import type { Input } from "./input.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** What an external authorizer is asked over HTTP. Follows `ExtAuthServer.httpService.request` of Gloo Platform v2. */
export interface ExtAuthHttpRequestArgs {
  /** Names of headers of the request that the authorizer sees, besides `Host` and `Authorization`. Default: none. */
  allowedHeaders?: Input<string>[];
  /** Headers that only the authorizer sees, by name. Values as in a `HeaderManipulationPolicy`. Default: none. */
  headersToAdd?: { [name: string]: Input<string> };
}

/** What becomes of an authorizer's answer over HTTP. Follows `ExtAuthServer.httpService.response` of Gloo Platform v2. */
export interface ExtAuthHttpResponseArgs {
  /** Names of headers that an allowed request takes from the authorizer's answer, in the place of its own. Default: none. */
  allowedUpstreamHeaders?: Input<string>[];
  /**
   * Names of headers that a refused caller gets from the authorizer's answer, besides those that Envoy always passes on, such as
   * `Location` and `WWW-Authenticate`. Default: all of them.
   */
  allowedClientHeaders?: Input<string>[];
}

/** Asks over HTTP instead of gRPC. Follows `ExtAuthServer.httpService` of Gloo Platform v2. */
export interface ExtAuthHttpServiceArgs {
  /** What the path begins with at which the authorizer is asked, before the path of the request. It begins with a slash. Default: nothing. */
  pathPrefix?: Input<string>;
  /** What the authorizer is asked: method, path and these headers. Default: no further headers. */
  request?: ExtAuthHttpRequestArgs;
  /** What becomes of the authorizer's answer. */
  response?: ExtAuthHttpResponseArgs;
}

/** How much of a request's body an authorizer sees. Follows `ExtAuthServer.requestBody` of Gloo Platform v2. */
export interface ExtAuthRequestBodyArgs {
  /** Bytes of the body that are kept until the authorizer has answered, 1 to 4294967295. Default 4096. */
  maxRequestBytes?: Input<number>;
  /** Show the authorizer the beginning of a body that is larger. Default false: the request is answered 413. */
  allowPartialMessage?: Input<boolean>;
  /** Send the body as bytes, not as text in UTF-8. Only without `httpService`. Default false. */
  packAsBytes?: Input<boolean>;
}

/**
 * An external authorizer, and how it is asked: by gRPC, with Envoy's own service `envoy.service.auth.v3.Authorization`, or over HTTP.
 *
 * Follows `ExtAuthServer` of Gloo Platform v2, which is a resource of its own there.
 */
export interface ExtAuthServerArgs {
  /** Where the authorizer is. One that is asked by gRPC has a port with protocol `GRPC` or `HTTP2`. */
  destinationServer: PolicyDestinationArgs;
  /** Ask over HTTP: status 200 allows the request. Default: ask by gRPC. */
  httpService?: ExtAuthHttpServiceArgs;
  /** Time within which it must answer: `1ms` to `4294967295s`, in whole milliseconds. Default `2s`. */
  requestTimeout?: Input<string>;
  /** Let requests pass while the authorizer fails, in any way. Default false: they are answered `statusOnError`. */
  failureModeAllow?: Input<boolean>;
  /** Show the authorizer the bodies of requests. Default: it sees none. */
  requestBody?: ExtAuthRequestBodyArgs;
  /** Status with which requests are answered while the authorizer fails: one of 400 to 511 that Envoy knows. Default 403. */
  statusOnError?: Input<number>;
}

/** What an authorizer learns besides the request. Follows `ExtAuthPolicy.config.customAuth` of Gloo Platform v2. */
export interface CustomAuthArgs {
  /** Names and values that the authorizer gets with each question by gRPC, as `context_extensions`. */
  contextExtensions: { [name: string]: Input<string> };
}

/**
 * Asks an external authorizer about each request of some routes, before anything is done with it: what it does not allow is answered as it says.
 *
 * Follows `ExtAuthPolicy` of Gloo Platform v2, as far as it is about an authorizer of your own (`customAuth`).
 */
export interface ExtAuthPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** The authorizer. */
  server: ExtAuthServerArgs;
  /** What it learns besides the request. Refused with `server.httpService`. Default: nothing. */
  customAuth?: CustomAuthArgs;
}
