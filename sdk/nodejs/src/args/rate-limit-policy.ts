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

/** Whose metadata an entry is made of. Named as in Gloo Platform v2. */
export const RateLimitMetadataSource = {
  /** What filters have found out about the request. */
  Dynamic: "DYNAMIC",
  /** What the configuration of the route says, in which Istio names the object that it is made of. */
  RouteEntry: "ROUTE_ENTRY",
} as const;
export type RateLimitMetadataSource = (typeof RateLimitMetadataSource)[keyof typeof RateLimitMetadataSource];

/** A step into metadata. */
export interface MetadataPathSegmentArgs {
  /** Name of the field. */
  key: Input<string>;
}

/** A text in metadata. */
export interface MetadataKeyArgs {
  /** Name under which a filter has its metadata. */
  key: Input<string>;
  /** Names that lead to the text, from the outside in, at least one. */
  path: MetadataPathSegmentArgs[];
}

/**
 * An entry with a text from metadata, which Envoy's filters leave for those behind them. JWTPolicy and ExtAuthPolicy come before limits, so what they
 * have found out is there.
 */
export interface MetadataActionArgs {
  /** Key of the entry. */
  descriptorKey: Input<string>;
  /**
   * Where the text is. For a claim that a JWTPolicy has verified: the key `envoy.filters.http.jwt_authn`, and the path `meshway` and then the names
   * that lead to the claim. For what an authorizer says by gRPC: the key `envoy.filters.http.ext_authz`.
   */
  metadataKey: MetadataKeyArgs;
  /** Value of the entry for requests without such a text, or with a number or a list in its place. Default: they don't count for the whole rate limit. */
  defaultValue?: Input<string>;
  /** Whose metadata it is. Default `DYNAMIC`. */
  source?: Input<RateLimitMetadataSource>;
}

/** Makes one entry of what a request is counted by. Exactly one field. Follows the actions of Gloo Platform v2. */
export interface RateLimitActionArgs {
  /** An entry that is always the same. */
  genericKey?: GenericKeyActionArgs;
  /** An entry with the value of a header. */
  requestHeaders?: RequestHeadersActionArgs;
  /** An entry for requests with some headers. */
  headerValueMatch?: HeaderValueMatchActionArgs;
  /** An entry with a text from metadata, such as a claim of a token. */
  metadata?: MetadataActionArgs;
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
