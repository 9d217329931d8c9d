import type { Subject } from "../../diagnostics/diagnostic.js";
import type { ActiveHealthCheckPolicy, Probe } from "../../model/active-health-check-policy.js";
import { isDeferred, isKnown } from "../../model/deferred.js";
import type { Fleet } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import { backendClusters } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import { isVisible, seersOf } from "../../model/visibility.js";
import { isTls } from "../facts/backends.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { type PlacedPolicy, policyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const activeHealthChecks: Rule = {
  name: "active-health-checks",
  codes: ["MW0473", "MW0476", "MW0477", "MW0478", "MW0479"],
  description: "Each gateway that probes a destination knows it, probes once, and asks what endpoints can answer.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ActiveHealthCheckPolicy")) checkProxies(context, subject, value);
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const policy = policyOf(context, value, "ActiveHealthCheckPolicy");
      const fleet = context.model.Fleet.get(value.fleet);
      if (policy === undefined || fleet === undefined) continue;
      checkPorts(context, subject, policy, value);
      for (const name of new Set(policy.value.virtualGateways)) {
        const gateway = context.model.VirtualGateway.get(name);
        if (gateway !== undefined) checkGateway({ context, subject, policy, destination: value, fleet }, name, gateway);
      }
    }
  },
};

/** A destination with its policy. */
interface Probed {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly policy: PlacedPolicy<"ActiveHealthCheckPolicy">;
  readonly destination: VirtualDestination;
  readonly fleet: Fleet;
}

/** Two gateways may have the same proxies unless their labels contradict each other. */
function checkProxies({ model, findings }: CheckContext, subject: Subject, policy: ActiveHealthCheckPolicy): void {
  const gateways = policy.virtualGateways.map((name) => ({ name, gateway: model.VirtualGateway.get(name) }));
  gateways.forEach((second, index) => {
    const first = gateways.slice(0, index).find(
      // one gateway twice is a duplicate entry
      ({ name, gateway }) => name !== second.name && mayShareProxies(gateway, second.gateway),
    );
    if (first === undefined) return;
    findings.add("MW0473", subject, ["virtualGateways", index], { first: first.name, second: second.name });
  });
}

function mayShareProxies(first: VirtualGateway | undefined, second: VirtualGateway | undefined): boolean {
  if (first === undefined || second === undefined || first.namespace !== second.namespace) return false;
  const [one, other] = [first.workloads.labels, second.workloads.labels];
  const { clusters } = second;
  const apart = first.clusters !== undefined && clusters !== undefined;
  if (apart && !first.clusters.some((cluster) => clusters.includes(cluster))) return false;
  return Object.entries(one).every(([key, value]) => (other[key] ?? value) === value);
}

const FIELDS = { http: "httpHealthCheck", grpc: "grpcHealthCheck", tcp: "tcpHealthCheck" } as const;

function checkPorts(
  { findings }: CheckContext,
  subject: Subject,
  { name: policy, path, value }: Probed["policy"],
  { ports }: VirtualDestination,
): void {
  const { kind } = value.healthCheck.probe;
  for (const { number: port, protocol } of ports) {
    if (kind === "tcp" || !isKnown(port) || !isKnown(protocol)) continue;
    // Envoy refuses a destination of HTTP/1.1 with probes by gRPC
    const fits = kind === "grpc" ? protocol === "GRPC" || protocol === "HTTP2" : !isTls(protocol);
    if (!fits) findings.add("MW0479", subject, path, { policy, probe: FIELDS[kind], port, protocol });
  }
}

function checkGateway(probed: Probed, name: string, gateway: VirtualGateway): void {
  const { context, subject, destination, fleet } = probed;
  const { name: policy, path, value } = probed.policy;
  const from = clustersNamed(fleet, gateway.clusters);
  const { namespace } = gateway;
  const isBlind = from.some(
    (cluster) => !isVisible(seersOf({ model: context.model, fleet, cluster }, subject.name, destination), namespace),
  );
  if (from.length === 0 || isBlind) {
    const facts = { policy, gateway: name, ...(from.length > 0 && { namespace }) };
    context.findings.add("MW0477", subject, path, facts);
    return;
  }
  const crossings = clusterPathsBetween(from, backendClusters(destination, fleet));
  const far = crossings.filter(({ route }) => route === "mutual-tls" || route === "plaintext");
  const clusters = [...new Set(far.map(({ to }) => to.name))];
  if (clusters.length > 0) context.findings.add("MW0476", subject, path, { policy, gateway: name, clusters });
  const bare = far.find(({ route }) => route === "plaintext");
  const found = hostOf(value.healthCheck.probe);
  const host = destination.hosts[0] ?? "";
  if (bare === undefined || found === undefined || isDeferred(found) || destination.hosts.some(isDeferred)) return;
  const asked = found.replace(/:\d+$/, "").toLowerCase();
  if (destination.hosts.every((each) => each.toLowerCase() !== asked))
    context.findings.add("MW0478", subject, path, { policy, gateway: name, found, to: bare.to.name, host });
}

function hostOf(probe: Probe): string | undefined {
  return probe.kind === "http" ? probe.host : probe.kind === "grpc" ? probe.authority : undefined;
}
