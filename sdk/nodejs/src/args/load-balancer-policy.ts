import type { Input } from "./input.js";

/** Algorithms by which a caller picks an endpoint for each request. */
export const SimpleLoadBalancer = {
  /** A random endpoint. */
  Random: "RANDOM",
  /** One endpoint after the other. */
  RoundRobin: "ROUND_ROBIN",
  /** Of two random endpoints, the one with fewer active requests. */
  LeastRequest: "LEAST_REQUEST",
} as const;
export type SimpleLoadBalancer = (typeof SimpleLoadBalancer)[keyof typeof SimpleLoadBalancer];

/** A cookie whose value determines the endpoint. */
export interface HttpCookieArgs {
  /** Name of the cookie, an HTTP token. */
  name: Input<string>;
  /**
   * Path of a cookie that the caller's proxy generates, starting with a slash. Requires `ttl`. Default: none, the path
   * of the request.
   */
  path?: Input<string>;
  /**
   * Lifetime of the cookie that the caller's proxy generates if a request has none: at least `0s`, in whole seconds;
   * `0s` makes it a session cookie. Default: it generates none.
   */
  ttl?: Input<string>;
}

/** Part of a request that determines the endpoint. Exactly one field. */
export interface ConsistentHashArgs {
  /** Name of a header; requests without it go to any endpoint. */
  httpHeaderName?: Input<string>;
  /** A cookie; requests without it go to any endpoint. */
  httpCookie?: HttpCookieArgs;
  /** Client address, as the caller's proxy sees it. Only `true`. */
  useSourceIp?: Input<boolean>;
  /** Name of a query parameter; requests without it go to any endpoint. */
  httpQueryParameterName?: Input<string>;
}

/**
 * Sets how callers pick one of the preferred endpoints. Exactly one of `simple` and `consistentHash`.
 *
 * Gloo's `PASSTHROUGH` isn't available: a virtual destination has no address of its own to pass through. Follows
 * `LoadBalancerPolicy` of Gloo Platform v2.
 */
export interface LoadBalancerPolicyArgs {
  /** Algorithm that considers only the endpoints. */
  simple?: Input<SimpleLoadBalancer>;
  /**
   * Send similar requests to the same endpoint, as long as the set of endpoints stays the same. For HTTP ports. A route
   * that splits requests by weight draws the destination for each request, before the hash.
   *
   * With failover or outlier detection, callers prefer endpoints by their own locality, so callers in different
   * localities pick different endpoints. An endpoint in another network is its east-west gateway, which picks a pod for
   * each connection; in a cluster without a mesh, it picks one for each request, by the same rule unless that is
   * `useSourceIp`.
   */
  consistentHash?: ConsistentHashArgs;
  /**
   * Time in which a new endpoint ramps up to its full share of requests: at least `1ms`, in whole milliseconds, as in
   * `30s`.
   *
   * Only with `ROUND_ROBIN` and `LEAST_REQUEST`. Default: no ramp-up.
   */
  warmupDurationSecs?: Input<string>;
  /**
   * Percentage of healthy endpoints below which callers use all endpoints, including ejected ones, 0 to 100.
   *
   * The destination also needs an OutlierDetectionPolicy. Default 0, which is never; Gloo's default is 50.
   */
  healthyPanicThreshold?: Input<number>;
}
