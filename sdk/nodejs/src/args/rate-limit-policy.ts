import type { Input } from "./input.js";
import type { HeaderMatcherArgs } from "./match.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Time for which a rate counts. Named as in Gloo Platform v2. */
export const RateLimitUnit = {
  /** 1 second. */
  Second: "SECOND",
  /** 60 seconds. */
  Minute: "MINUTE",
  /** 3600 seconds. */
  Hour: "HOUR",
  /** 86,400 seconds. */
  Day: "DAY",
} as const;
export type RateLimitUnit = (typeof RateLimitUnit)[keyof typeof RateLimitUnit];

/**
 * A rate that each proxy counts by itself: two proxies of a gateway together let through twice as much.
 *
 * Each route has its own tokens, and so has each of its matchers, each host of its table and each listener. A request takes one; they come
 * back evenly over the unit. A change of routes or policies of the proxy fills them up.
 */
export interface LocalRateLimitArgs {
  /** Requests that a route takes in each `unit`, 1 to 4294967295. */
  requestsPerUnit: Input<number>;
  /** The time for which `requestsPerUnit` counts. */
  unit: Input<RateLimitUnit>;
  /** Requests that a route takes at once after a pause, 1 to 4294967295. Default: `requestsPerUnit`. */
  burst?: Input<number>;
}

/** An entry that is always the same. */
export interface GenericKeyActionArgs {
  /** Value of the entry. */
  descriptorValue: Input<string>;
  /** Key of the entry. Default `generic_key`. */
  descriptorKey?: Input<string>;
}

/** An entry with the value of a header. A request without the header does not count for the whole rate limit. */
export interface RequestHeadersActionArgs {
  /** Name of the header. */
  headerName: Input<string>;
  /** Key of the entry. */
  descriptorKey: Input<string>;
  /** Leave out the entry where a request has no such header, and count the request all the same. Default false. */
  skipIfAbsent?: Input<boolean>;
}

/** An entry for requests with some headers. Others do not count for the whole rate limit. */
export interface HeaderValueMatchActionArgs {
  /** Value of the entry. */
  descriptorValue: Input<string>;
  /** Key of the entry. Default `header_match`. */
  descriptorKey?: Input<string>;
  /** Make the entry for requests that match; false: for those that don't. Default true. */
  expectMatch?: Input<boolean>;
  /** Headers that must all match. */
  headers: HeaderMatcherArgs[];
}

/** Makes one entry of what a request is counted by. Exactly one field. Follows the actions of Gloo Platform v2. */
export interface RateLimitActionArgs {
  /** An entry that is always the same. */
  genericKey?: GenericKeyActionArgs;
  /** An entry with the value of a header. */
  requestHeaders?: RequestHeadersActionArgs;
  /** An entry for requests with some headers. */
  headerValueMatch?: HeaderValueMatchActionArgs;
  /** `true`: an entry `remote_address` with the address of the client. */
  remoteAddress?: boolean;
  /** `true`: an entry `source_cluster` with the name that the proxy has for its own workload. */
  sourceCluster?: boolean;
  /** `true`: an entry `destination_cluster` with the name that Envoy has for the route's destination. */
  destinationCluster?: boolean;
}

/** What requests are counted by: a list of entries, for which the server's own configuration has a limit. */
export interface GlobalRateLimitDescriptorArgs {
  /** The entries, in order, at least one. */
  actions: RateLimitActionArgs[];
}

/** A rate-limit server, and how it is asked: by gRPC, with Envoy's own service. Follows `RateLimitServerSettings` of Gloo Platform v2. */
export interface RateLimitServerSettingsArgs {
  /** Where the server is, at a port with protocol `GRPC` or `HTTP2`. */
  destinationServer: PolicyDestinationArgs;
  /** Time within which it must answer: at least `1ms`, in whole milliseconds. Default `100ms`. */
  requestTimeout?: Input<string>;
  /** Answer requests with 500 while the server fails. Default false: they pass. */
  denyOnFail?: Input<boolean>;
}

/**
 * Rates that a server counts for all proxies together: the open-source rate-limit service of Envoy, or another that speaks
 * `envoy.service.ratelimit.v3.RateLimitService`.
 *
 * How many requests pass is the server's configuration; this says who is asked, and what requests are counted by.
 */
export interface GlobalRateLimitArgs {
  /** Who is asked. */
  serverSettings: RateLimitServerSettingsArgs;
  /** Domain of the limits in the server's configuration. */
  domain: Input<string>;
  /** What each request is counted by, at least one; it passes if none of them is used up. */
  rateLimits: GlobalRateLimitDescriptorArgs[];
}

/**
 * How many requests some routes take; more are answered 429. Exactly one of `local` and `global`.
 *
 * Follows `RateLimitPolicy` of Gloo Platform v2, which has no `local` form.
 */
export interface RateLimitPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** A rate that each proxy counts by itself, for each route. */
  local?: LocalRateLimitArgs;
  /** Rates that a server counts for all proxies together. Acts on routes that forward, because Envoy asks about no others. */
  global?: GlobalRateLimitArgs;
}
