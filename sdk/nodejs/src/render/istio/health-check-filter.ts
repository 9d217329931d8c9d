/** Maps `ActiveHealthCheckPolicy` to health checks of Envoy's clusters, by an `EnvoyFilter` of networking.istio.io/v1alpha3. Tried on upstream Envoy 1.40 and istiod 1.31. */
import type { Json, KubeObject } from "../../kube/object.js";
import type { HealthCheck, Probe } from "../../model/active-health-check-policy.js";
import { derive, type Leaf } from "../../model/deferred.js";
import { millisecondsOf } from "../../model/duration.js";
import type { PlannedDestination, PlannedPort } from "../../plan/types.js";
import { FILTER_PRIORITY } from "./envoy-filter.js";
import { istioObject } from "./object.js";

/** An object for each gateway that probes a destination, next to its proxies. */
export function renderHealthCheckFilters(destination: PlannedDestination): KubeObject[] {
  const { maker, hosts, ports, policies } = destination;
  const { healthCheck, gateways = [] } = policies?.probes ?? {};
  if (healthCheck === undefined) return [];
  return gateways.map(({ name, namespace, labels }) =>
    istioObject(
      "EnvoyFilter",
      maker,
      { namespace, part: ["probed-by", name], suppressed: ["IST0133"] },
      {
        priority: FILTER_PRIORITY,
        workloadSelector: { labels },
        configPatches: hosts.flatMap((host) =>
          ports.map((port) => clusterPatch(host, port, renderHealthCheck(healthCheck, hosts[0] ?? host, port))),
        ),
      },
    ),
  );
}

/** For a host and port whatever the subset: Envoy has a cluster for each. */
function clusterPatch(service: string, { number }: PlannedPort, healthCheck: Json): Json {
  return {
    applyTo: "CLUSTER",
    match: { context: "GATEWAY", cluster: { service, portNumber: number } },
    patch: {
      operation: "MERGE",
      // Envoy keeps an endpoint that is gone for as long as its probes succeed, but Kubernetes takes pods away that still answer
      value: { health_checks: [healthCheck], ignore_health_on_host_removal: true },
    },
  };
}

function renderHealthCheck(check: HealthCheck, host: string, port: PlannedPort): Json {
  return {
    timeout: seconds(check.timeout),
    interval: seconds(check.interval),
    no_traffic_interval: seconds(check.noTrafficInterval),
    unhealthy_threshold: check.unhealthyThreshold,
    healthy_threshold: check.healthyThreshold,
    ...renderProbe(check.probe, host, port),
  };
}

function renderProbe(probe: Probe, host: string, { number, protocol }: PlannedPort): Record<string, Json> {
  // as in requests, so that an east-west gateway without a mesh finds the destination
  const authority = derive([number], () => (number === 80 ? host : `${host}:${number}`));
  switch (probe.kind) {
    case "http":
      return {
        http_health_check: {
          host: probe.host ?? authority,
          path: probe.path,
          method: probe.method,
          expected_statuses: probe.expectedStatuses.map(({ start, end }) => ({ start, end })),
          // else one unexpected status would be enough, whatever the threshold is
          retriable_statuses: [{ start: 100, end: 600 }],
          codec_client_type: derive([protocol], () =>
            protocol === "HTTP2" || protocol === "GRPC" ? "HTTP2" : "HTTP1",
          ),
        },
      };
    case "grpc":
      return {
        grpc_health_check: {
          ...(probe.serviceName !== undefined && { service_name: probe.serviceName }),
          authority: probe.authority ?? authority,
        },
      };
    case "tcp":
      return { tcp_health_check: {} };
  }
}

/** A duration as Envoy reads it: seconds with up to three decimals. */
function seconds(duration: string): Leaf<string> {
  return derive([duration], () => `${(millisecondsOf(duration) ?? 0) / 1000}s`);
}
