import type { Input } from "./input.js";

/** Probes by which TCP finds out that the other side is gone. */
export interface TcpKeepaliveArgs {
  /** Probes without an answer after which a connection is closed, 1 to 127. Default: that of the caller's machine, in Linux 9. */
  probes?: Input<number>;
  /** Time without data before the first probe: `1s` to `32767s`, in whole seconds. Default: that of the caller's machine, in Linux two hours. */
  time?: Input<string>;
  /** Time between two probes: `1s` to `32767s`, in whole seconds. Default: that of the caller's machine, in Linux 75 seconds. */
  interval?: Input<string>;
}

/** Settings of connections of any protocol. At least one. Follows `ConnectionPolicy.config.tcp` of Gloo Platform v2. */
export interface TcpConnectionArgs {
  /** Connections that a caller may have to the destination at a time, 1 to 2147483647; HTTP requests wait for one, TCP connections are closed. Default: any number. */
  maxConnections?: Input<number>;
  /** Time that connecting may take before it counts as failed: at least `1ms`, in whole milliseconds. Default: that of the mesh, `10s` in Istio. */
  connectTimeout?: Input<string>;
  /** Send probes over connections without data; empty, as the caller's machine does by default. Default: that of the mesh, in Istio none. */
  tcpKeepalive?: TcpKeepaliveArgs;
}

/** Settings of HTTP requests and their connections. At least one. Follows `ConnectionPolicy.config.http` of Gloo Platform v2. */
export interface HttpConnectionArgs {
  /** Requests that one connection serves, 0 to 536870912: 0 is any number, 1 switches keep-alive off. Default 0. */
  maxRequestsPerConnection?: Input<number>;
  /** Retries under way at a time, 1 to 2147483647; a request beyond that is not tried again. Default: any number. */
  maxRetries?: Input<number>;
  /** Requests under way at a time, 1 to 2147483647; those beyond that are answered 503. Default: any number. */
  maxRequests?: Input<number>;
  /** Requests that wait for a connection at a time, 1 to 2147483647; those beyond that are answered 503. Default: any number. */
  maxPendingRequests?: Input<number>;
  /** Time without requests after which a connection is closed: at least `1ms`, in whole milliseconds. Default `1h`. */
  idleTimeout?: Input<string>;
}

/**
 * How many connections and requests a caller may have to a destination, and how long connections live. At least one of `tcp` and `http`.
 *
 * Every proxy that calls counts for itself and for all endpoints of a port together, not for each pod: to another network, many pods stand
 * behind one east-west gateway. That gateway is a caller too, with the same limits toward the pods of its cluster. Where it passes TLS
 * through or ends it, it counts connections, not requests. Follows `ConnectionPolicy` of Gloo Platform v2.
 */
export interface ConnectionPolicyArgs {
  /** Settings of connections of any protocol. Default: those of the mesh. */
  tcp?: TcpConnectionArgs;
  /** Settings of HTTP requests and their connections. Default: those of the mesh. */
  http?: HttpConnectionArgs;
}
