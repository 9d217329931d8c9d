import type { Probe } from "../model/active-health-check-policy.js";
import type { ClientTLSPolicy } from "../model/client-tls-policy.js";
import type { ConnectionPolicy } from "../model/connection-policy.js";
import { isDeferred } from "../model/deferred.js";
import type { ConsistentHash, LoadBalancerPolicy } from "../model/load-balancer-policy.js";
import type { PlannedProbes } from "../plan/planned-destination-policies.js";
import { shown } from "./policies/wording.js";

const SIMPLE = {
  RANDOM: "each request goes to a random endpoint",
  ROUND_ROBIN: "requests go to one endpoint after the other",
  LEAST_REQUEST: "each request goes to the less busy of two random endpoints",
} as const;

/**
 * Describes the load balancing of callers in one line. A route that splits requests by weight draws the destination
 * first.
 */
export function describeLoadBalancer(policy: LoadBalancerPolicy, isPart: boolean): string {
  const { simple, consistentHash, warmupDurationSecs, healthyPanicThreshold } = policy;
  const part = isPart ? " of this part, which is drawn for each request" : "";
  const choice =
    consistentHash !== undefined
      ? `requests ${describeHash(consistentHash)} go to the same endpoint${part}`
      : simple === undefined || isDeferred(simple)
        ? "the load balancing is not known yet"
        : SIMPLE[simple];
  return [
    choice,
    ...(warmupDurationSecs === undefined
      ? []
      : [`a new endpoint gets its full share after ${shown(warmupDurationSecs)}`]),
    ...(healthyPanicThreshold === undefined || healthyPanicThreshold === 0
      ? []
      : [`all endpoints are used once less than ${shown(healthyPanicThreshold)}% are healthy`]),
  ].join(", ");
}

function describeHash(hash: ConsistentHash): string {
  switch (hash.kind) {
    case "header":
      return `with the same header ${shown(hash.name)}`;
    case "cookie":
      return `with the same cookie ${shown(hash.name)}`;
    case "queryParameter":
      return `with the same query parameter ${shown(hash.name)}`;
    case "sourceIp":
      return "from the same address";
  }
}

/** Describes the limits on a caller's connections and requests in one line. */
export function describeConnection({ tcp = {}, http = {} }: ConnectionPolicy): string {
  const each: readonly (readonly [value: unknown, text: (value: string) => string])[] = [
    [tcp.maxConnections, (value) => `at most ${value} connections`],
    [http.maxRequests, (value) => `at most ${value} requests at a time`],
    [http.maxPendingRequests, (value) => `at most ${value} pending requests`],
    [http.maxRetries, (value) => `at most ${value} retries at a time`],
    [http.maxRequestsPerConnection, (value) => `${value === "0" ? "any number of" : value} requests per connection`],
    [tcp.connectTimeout, (value) => `${value} to connect`],
    [http.idleTimeout, (value) => `connections end after ${value} without requests`],
    [tcp.tcpKeepalive, () => "TCP probes"],
  ];
  const parts = each.flatMap(([value, text]) => (value === undefined ? [] : [text(shown(value))]));
  return `each caller: ${parts.join(", ")}`;
}

/** Describes the TLS that callers originate in one line. */
export function describeClientTls(policy: ClientTLSPolicy): string {
  switch (policy.mode) {
    case "disable":
      return "callers speak plaintext";
    case "istioMutual":
      return "callers speak the mesh's mutual TLS, even to endpoints that are not known to support it";
    case "simple":
    case "mutual": {
      const { mode, sni, subjectAltNames = [], credentialName } = policy;
      const own = mode === "mutual" ? " with a certificate of their own" : "";
      const secret = credentialName === undefined ? "" : `, gateways with the secret ${shown(credentialName)}`;
      const names = subjectAltNames.map(shown).join(" or ");
      return `callers speak TLS${own} to ${shown(sni)}${secret}, and expect a certificate of ${names}`;
    }
  }
}

/** Describes the active health checks of endpoints in one line. */
export function describeProbes({ healthCheck, gateways }: PlannedProbes): string {
  const { probe, interval, unhealthyThreshold, healthyThreshold } = healthCheck;
  const failures = times(unhealthyThreshold, "failure");
  const counts = `left out after ${failures}, back after ${times(healthyThreshold, "success")}`;
  const by = gateways.map(({ name }) => name).join(" and ");
  return `endpoints are probed by ${by} every ${shown(interval)} with ${describeProbe(probe)}, ${counts}`;
}

function describeProbe(probe: Probe): string {
  switch (probe.kind) {
    case "http":
      return `${shown(probe.method)} ${shown(probe.path)}`;
    case "grpc":
      return "gRPC's health call";
    case "tcp":
      return "a TCP connection";
  }
}

function times(count: unknown, what: "failure" | "success"): string {
  const several = what === "failure" ? "failures" : "successes";
  return `${shown(count)} ${count === 1 ? what : several}`;
}
