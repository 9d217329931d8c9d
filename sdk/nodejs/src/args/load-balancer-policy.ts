import type { Input } from "./input.js";

/** How a caller chooses an endpoint for each request. */
export const SimpleLoadBalancer = {
  /** A random one. */
  Random: "RANDOM",
  /** One after the other. */
  RoundRobin: "ROUND_ROBIN",
  /** Of two random ones, the one with fewer requests under way. */
  LeastRequest: "LEAST_REQUEST",
} as const;
export type SimpleLoadBalancer = (typeof SimpleLoadBalancer)[keyof typeof SimpleLoadBalancer];

/** A cookie whose value decides about the endpoint. */
export interface HttpCookieArgs {
  /** Name of the cookie, an HTTP token. */
  name: Input<string>;
  /** Path of a cookie that the caller's proxy makes, beginning with a slash. Needs `ttl`. Default: none, the path of the request. */
  path?: Input<string>;
  /** Lifetime of the cookie that the caller's proxy makes where a request has none: at least `0s`, in whole seconds; `0s` lasts for the browser's session. Default: it makes none. */
  ttl?: Input<string>;
}

/** What of a request decides about the endpoint. Exactly one field. */
export interface ConsistentHashArgs {
  /** Name of a header; requests without it go anywhere. */
  httpHeaderName?: Input<string>;
  /** A cookie; requests without it go anywhere. */
  httpCookie?: HttpCookieArgs;
  /** Address of the client, as the caller's proxy sees it. Only `true`. */
  useSourceIp?: Input<boolean>;
  /** Name of a parameter of the query; requests without it go anywhere. */
  httpQueryParameterName?: Input<string>;
}

/**
 * How callers choose among the endpoints that are the first choice. Exactly one of `simple` and `consistentHash`.
 *
 * Gloo's `PASSTHROUGH` is none of the choices: a virtual destination has no address of its own that could be passed on. Follows
 * `LoadBalancerPolicy` of Gloo Platform v2.
 */
export interface LoadBalancerPolicyArgs {
  /** One of a few ways that look at endpoints only. */
  simple?: Input<SimpleLoadBalancer>;
  /**
   * Requests that are alike go to the same endpoint, as long as the set of endpoints stays as it is. For HTTP ports.
   *
   * Callers prefer endpoints by their own place where the destination has failover or outlier detection, so that callers in different places
   * choose different endpoints. An endpoint of another network is its east-west gateway, which chooses a pod for each connection; in a
   * cluster without mesh for each request, by the same rule unless it is `useSourceIp`.
   */
  consistentHash?: ConsistentHashArgs;
  /**
   * Time in which a new endpoint comes to its full part of the requests: at least `1ms`, in whole milliseconds, as in `30s`.
   *
   * Only with `ROUND_ROBIN` and `LEAST_REQUEST`. Default: at once.
   */
  warmupDurationSecs?: Input<string>;
  /**
   * Percent of healthy endpoints below which callers use all of them, those that were left out too, 0 to 100.
   *
   * The destination needs an OutlierDetectionPolicy besides. Default 0, which is never; Gloo's default is 50.
   */
  healthyPanicThreshold?: Input<number>;
}
