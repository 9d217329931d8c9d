import type { Input } from "./input.js";

/** TCP keepalive probes, which detect that the peer is gone. */
export interface TcpKeepaliveArgs {
  /**
   * Unanswered probes after which a connection is closed, 1 to 127. Default: the caller's operating system default, 9
   * on Linux.
   */
  probes?: Input<number>;
  /**
   * Idle time before the first probe: `1s` to `32767s`, in whole seconds. Default: the caller's operating system
   * default, two hours on Linux.
   */
  time?: Input<string>;
  /**
   * Time between two probes: `1s` to `32767s`, in whole seconds. Default: the caller's operating system default, 75
   * seconds on Linux.
   */
  interval?: Input<string>;
}

/**
 * Settings for connections of any protocol. At least one field. Follows `ConnectionPolicy.config.tcp` of Gloo Platform
 * v2.
 */
export interface TcpConnectionArgs {
  /**
   * Concurrent connections that a caller may have to the destination, 1 to 2147483647; beyond that, HTTP requests wait
   * for a connection and TCP connections are closed. Default: unlimited.
   */
  maxConnections?: Input<number>;
  /** Timeout for connecting: at least `1ms`, in whole milliseconds. Default: the mesh's, `10s` in Istio. */
  connectTimeout?: Input<string>;
  /**
   * Send keepalive probes on idle connections; if empty, with the defaults of the caller's operating system. Default:
   * the mesh's setting, none in Istio.
   */
  tcpKeepalive?: TcpKeepaliveArgs;
}

/**
 * Settings for HTTP requests and their connections. At least one field. Follows `ConnectionPolicy.config.http` of Gloo
 * Platform v2.
 */
export interface HttpConnectionArgs {
  /** Requests per connection, 0 to 536870912: 0 is unlimited, 1 disables keep-alive. Default 0. */
  maxRequestsPerConnection?: Input<number>;
  /** Concurrent retries, 1 to 2147483647; a request beyond that isn't retried. Default: unlimited. */
  maxRetries?: Input<number>;
  /** Concurrent requests, 1 to 2147483647; those beyond that get a 503. Default: unlimited. */
  maxRequests?: Input<number>;
  /**
   * Requests that wait for a connection at a time, 1 to 2147483647; those beyond that get a 503. Default: unlimited.
   */
  maxPendingRequests?: Input<number>;
  /** Time without requests after which a connection is closed: at least `1ms`, in whole milliseconds. Default `1h`. */
  idleTimeout?: Input<string>;
}

/**
 * Limits a caller's connections and requests to a destination, and the lifetime of connections. At least one of `tcp`
 * and `http`.
 *
 * Each calling proxy counts on its own, for all endpoints of a port together rather than per pod: in another network,
 * many pods are behind one east-west gateway. That gateway is a caller too, with the same limits toward the pods of its
 * cluster. Where it passes TLS through or terminates it, it counts connections, not requests. Follows
 * `ConnectionPolicy` of Gloo Platform v2.
 */
export interface ConnectionPolicyArgs {
  /** Settings for connections of any protocol. Default: the mesh's. */
  tcp?: TcpConnectionArgs;
  /** Settings for HTTP requests and their connections. Default: the mesh's. */
  http?: HttpConnectionArgs;
}
