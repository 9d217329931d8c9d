import type { Input } from "./input.js";
import type { VirtualGatewayReference } from "./reference.js";
import type { ClientModeChoiceArgs } from "./virtual-destination.js";

/** Range of status codes. */
export interface StatusRangeArgs {
  /** First status code of the range, 100 to 599. */
  start: Input<number>;
  /** First status code after the range, 101 to 600. */
  end: Input<number>;
}

/** HTTP probe, passed by endpoints that respond with an expected status code. */
export interface HttpHealthCheckArgs {
  /** Path to request, such as `/healthz`. */
  path: Input<string>;
  /** Host header. Default: the destination's first host, with the port unless it is 80. */
  host?: Input<string>;
  /** Method of the request, except CONNECT. Default `GET`. */
  method?: Input<string>;
  /** Status codes of healthy endpoints; at least one range. Default: 200 only. */
  expectedStatuses?: StatusRangeArgs[];
}

/** Probe by `grpc.health.v1.Health`, passed by endpoints that respond with SERVING. */
export interface GrpcHealthCheckArgs {
  /** Service to check. Default: the server as a whole. */
  serviceName?: Input<string>;
  /** Authority of the call. Default: the destination's first host, with the port unless it is 80. */
  authority?: Input<string>;
}

/**
 * Probe of endpoints. Exactly one of `httpHealthCheck`, `grpcHealthCheck` and `tcpHealthCheck`. Follows Envoy's
 * `HealthCheck`.
 */
export interface HealthCheckArgs {
  /** HTTP probe. */
  httpHealthCheck?: HttpHealthCheckArgs;
  /** Probe by `grpc.health.v1.Health`, for ports with protocol GRPC or HTTP2. */
  grpcHealthCheck?: GrpcHealthCheckArgs;
  /** TCP probe, passed by endpoints that accept connections. */
  tcpHealthCheck?: ClientModeChoiceArgs;
  /** Timeout for a response, at least `1ms`, in whole milliseconds. Default `5s`. */
  timeout?: Input<string>;
  /** Time between two probes of an endpoint, at least `1ms`, in whole milliseconds. Default `10s`. */
  interval?: Input<string>;
  /**
   * Like `interval`, for as long as the proxy has sent the destination no request. Default: `interval`; Envoy's own
   * default is `60s`.
   */
  noTrafficInterval?: Input<string>;
  /**
   * Consecutive failures after which an endpoint gets no more requests, 1 to 4294967295; an unexpected status code
   * counts like any other failure. Default 3.
   */
  unhealthyThreshold?: Input<number>;
  /**
   * Consecutive successes after which it gets requests again, 1 to 4294967295; a new endpoint gets requests after the
   * first one. Default 2.
   */
  healthyThreshold?: Input<number>;
}

/**
 * Probes endpoints from gateways, to find failing ones before a request does. Other callers send no probes.
 *
 * Each gateway proxy probes each endpoint on its own. For another network, it probes the east-west gateway, behind
 * which any pod may respond. While fewer than half of the endpoints are healthy, proxies send requests to all of them;
 * `healthyPanicThreshold` of a LoadBalancerPolicy changes that. Follows `ActiveHealthCheckPolicy` of Gloo Platform v2.
 */
export interface ActiveHealthCheckPolicyArgs {
  /** Probe of endpoints. */
  healthCheck: HealthCheckArgs;
  /** Gateways that probe. At least one; no two with the same proxies. */
  virtualGateways: VirtualGatewayReference[];
}
