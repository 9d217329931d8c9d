import type { Input } from "./input.js";
import type { HeaderMatcherArgs } from "./match.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Time units of rates. Named as in Gloo Platform v2. */
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
 * A rate that each proxy counts on its own: two proxies of a gateway together allow twice as many requests.
 *
 * Each route has its own token bucket, and so does each of its matchers, each host of its table and each listener. A
 * request takes one token; tokens refill evenly over the unit. A change of the proxy's routes or policies refills the
 * buckets.
 */
export interface LocalRateLimitArgs {
  /** Requests that a route accepts per `unit`, 1 to 4294967295. */
  requestsPerUnit: Input<number>;
  /** Time unit of `requestsPerUnit`. */
  unit: Input<RateLimitUnit>;
  /** Requests that a route accepts at once after a pause, 1 to 4294967295. Default: `requestsPerUnit`. */
  burst?: Input<number>;
}

/** Descriptor entry with a fixed value. */
export interface GenericKeyActionArgs {
  /** Value of the entry. */
  descriptorValue: Input<string>;
  /** Key of the entry. Default `generic_key`. */
  descriptorKey?: Input<string>;
}

/** Descriptor entry with the value of a header. Requests without the header don't count toward the whole descriptor. */
export interface RequestHeadersActionArgs {
  /** Name of the header. */
  headerName: Input<string>;
  /** Key of the entry. */
  descriptorKey: Input<string>;
  /** Omit the entry if a request has no such header, and still count the request. Default false. */
  skipIfAbsent?: Input<boolean>;
}

/** Descriptor entry for requests with matching headers. Others don't count toward the whole descriptor. */
export interface HeaderValueMatchActionArgs {
  /** Value of the entry. */
  descriptorValue: Input<string>;
  /** Key of the entry. Default `header_match`. */
  descriptorKey?: Input<string>;
  /** Create the entry for requests that match; if false, for those that don't. Default true. */
  expectMatch?: Input<boolean>;
  /** Header conditions, all of which must match. */
  headers: HeaderMatcherArgs[];
}

/** Sources of the metadata that an entry is made of. Named as in Gloo Platform v2. */
export const RateLimitMetadataSource = {
  /** Dynamic metadata that filters have set for the request. */
  Dynamic: "DYNAMIC",
  /** Metadata of the route's configuration, in which Istio names the object that the route comes from. */
  RouteEntry: "ROUTE_ENTRY",
} as const;
export type RateLimitMetadataSource = (typeof RateLimitMetadataSource)[keyof typeof RateLimitMetadataSource];

/** Step of a path into metadata. */
export interface MetadataPathSegmentArgs {
  /** Name of the field. */
  key: Input<string>;
}

/** Location of a string in metadata. */
export interface MetadataKeyArgs {
  /** Name under which a filter stores its metadata. */
  key: Input<string>;
  /** Names that lead to the string, from the outside in, at least one. */
  path: MetadataPathSegmentArgs[];
}

/**
 * Descriptor entry with a string from metadata, which Envoy's filters leave for later ones. JWTPolicy and ExtAuthPolicy
 * run before limits, so their metadata is there.
 */
export interface MetadataActionArgs {
  /** Key of the entry. */
  descriptorKey: Input<string>;
  /**
   * Location of the string. For a claim that a JWTPolicy has verified: the key `envoy.filters.http.jwt_authn`, and the
   * path `meshway` followed by the names that lead to the claim. For what an authorizer returns by gRPC: the key
   * `envoy.filters.http.ext_authz`.
   */
  metadataKey: MetadataKeyArgs;
  /**
   * Value of the entry for requests without such a string, or with a number or a list instead. Default: they don't
   * count toward the whole descriptor.
   */
  defaultValue?: Input<string>;
  /** Source of the metadata. Default `DYNAMIC`. */
  source?: Input<RateLimitMetadataSource>;
}

/** Creates one entry of a descriptor. Exactly one field. Follows the actions of Gloo Platform v2. */
export interface RateLimitActionArgs {
  /** An entry with a fixed value. */
  genericKey?: GenericKeyActionArgs;
  /** An entry with the value of a header. */
  requestHeaders?: RequestHeadersActionArgs;
  /** An entry for requests with matching headers. */
  headerValueMatch?: HeaderValueMatchActionArgs;
  /** An entry with a string from metadata, such as a claim of a JWT. */
  metadata?: MetadataActionArgs;
  /** `true`: an entry `remote_address` with the client's address. */
  remoteAddress?: boolean;
  /** `true`: an entry `source_cluster` with the proxy's name for its own workload. */
  sourceCluster?: boolean;
  /** `true`: an entry `destination_cluster` with Envoy's name for the route's destination. */
  destinationCluster?: boolean;
}

/** Descriptor by which requests are counted: a list of entries for which the server's own configuration has a limit. */
export interface GlobalRateLimitDescriptorArgs {
  /** Actions that create the entries, in order, at least one. */
  actions: RateLimitActionArgs[];
}

/**
 * Rate-limit server, called by gRPC with Envoy's own service. Follows `RateLimitServerSettings` of Gloo Platform v2.
 */
export interface RateLimitServerSettingsArgs {
  /** Destination of the server, at a port with protocol `GRPC` or `HTTP2`. */
  destinationServer: PolicyDestinationArgs;
  /** Timeout for the server's response: at least `1ms`, in whole milliseconds. Default `100ms`. */
  requestTimeout?: Input<string>;
  /** Respond with 500 while the server fails. Default false: requests pass. */
  denyOnFail?: Input<boolean>;
}

/**
 * Rates that a server counts for all proxies together: Envoy's open-source rate-limit service, or another that
 * implements `envoy.service.ratelimit.v3.RateLimitService`.
 *
 * The server's configuration sets the limits; this sets the server to call and the descriptors by which requests are
 * counted.
 */
export interface GlobalRateLimitArgs {
  /** Server to call. */
  serverSettings: RateLimitServerSettingsArgs;
  /** Domain of the limits in the server's configuration. */
  domain: Input<string>;
  /** Descriptors by which each request is counted, at least one; it passes if none of their limits is exhausted. */
  rateLimits: GlobalRateLimitDescriptorArgs[];
}

/**
 * Limits the rate of requests to some routes; requests beyond it get a 429. Exactly one of `local` and `global`.
 *
 * Follows `RateLimitPolicy` of Gloo Platform v2, which has no `local` form.
 */
export interface RateLimitPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** A rate that each proxy counts on its own, for each route. */
  local?: LocalRateLimitArgs;
  /**
   * Rates that a server counts for all proxies together. Applies to routes that forward, because Envoy calls the server
   * for no others.
   */
  global?: GlobalRateLimitArgs;
}
