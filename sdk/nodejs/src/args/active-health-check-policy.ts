import type { Input } from "./input.js";
import type { VirtualGatewayReference } from "./reference.js";
import type { ClientModeChoiceArgs } from "./virtual-destination.js";

/** A range of statuses. */
export interface StatusRangeArgs {
  /** The first status of the range, 100 to 599. */
  start: Input<number>;
  /** The first status behind the range, 101 to 600. */
  end: Input<number>;
}

/** A request that healthy endpoints answer. */
export interface HttpHealthCheckArgs {
  /** Path to ask for, such as `/healthz`. */
  path: Input<string>;
  /** Host header. Default: the destination's first host, with the port where it is not 80. */
  host?: Input<string>;
  /** Method of the request, other than CONNECT. Default `GET`. */
  method?: Input<string>;
  /** Statuses of healthy endpoints; at least one range. Default: 200 only. */
  expectedStatuses?: StatusRangeArgs[];
}

/** A call of `grpc.health.v1.Health` that healthy endpoints answer with SERVING. */
export interface GrpcHealthCheckArgs {
  /** Service to ask about. Default: the server as a whole. */
  serviceName?: Input<string>;
  /** Authority of the call. Default: the destination's first host, with the port where it is not 80. */
  authority?: Input<string>;
}

/** How endpoints are probed. Exactly one of `httpHealthCheck`, `grpcHealthCheck` and `tcpHealthCheck`. Follows Envoy's `HealthCheck`. */
export interface HealthCheckArgs {
  /** A request that healthy endpoints answer. */
  httpHealthCheck?: HttpHealthCheckArgs;
  /** A call of `grpc.health.v1.Health`, for ports of GRPC and HTTP2. */
  grpcHealthCheck?: GrpcHealthCheckArgs;
  /** Healthy endpoints take connections. */
  tcpHealthCheck?: ClientModeChoiceArgs;
  /** Time that an answer may take, at least `1ms`, in whole milliseconds. Default `5s`. */
  timeout?: Input<string>;
  /** Time between two probes of an endpoint, at least `1ms`, in whole milliseconds. Default `10s`. */
  interval?: Input<string>;
  /** As `interval`, while the proxy has sent the destination no request yet. Default: `interval`; Envoy's own would be `60s`. */
  noTrafficInterval?: Input<string>;
  /** Failures in a row after which an endpoint is left out, 1 to 4294967295; an unexpected status counts like any other. Default 3. */
  unhealthyThreshold?: Input<number>;
  /** Answers in a row after which it is back, 1 to 4294967295; a new endpoint is there after the first one. Default 2. */
  healthyThreshold?: Input<number>;
}

/**
 * Probes by which gateways find endpoints that fail, before a request does. Other callers send none.
 *
 * Each proxy of the gateways probes each endpoint by itself. Of another network it probes the east-west gateway, behind which any pod may
 * answer. While less than half of the endpoints are healthy, proxies send requests to all of them; `healthyPanicThreshold` of a
 * LoadBalancerPolicy changes that. Follows `ActiveHealthCheckPolicy` of Gloo Platform v2.
 */
export interface ActiveHealthCheckPolicyArgs {
  /** How endpoints are probed. */
  healthCheck: HealthCheckArgs;
  /** The gateways that probe. At least one; no two of the same proxies. */
  virtualGateways: VirtualGatewayReference[];
}
