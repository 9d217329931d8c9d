import { ClientTlsMode } from "../../args/external-service.js";
import { Mesh } from "../../args/fleet.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { ExternalService } from "../../model/external-service.js";
import { clustersNamed } from "../../model/fleet.js";
import { backendClusters } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { isTls } from "../facts/backends.js";
import { type ClusterPath, clusterPathsBetween } from "../facts/cluster-paths.js";
import { type PlacedPolicy, policyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const clientTlsReach: Rule = {
  name: "client-tls-reach",
  codes: ["MW0470", "MW0471", "MW0472"],
  description: "The TLS of callers fits every endpoint that they reach, every port, and their own clusters.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const policy = policyOf(context, value, "ClientTLSPolicy");
      const fleet = context.model.Fleet.get(value.fleet);
      if (policy === undefined || fleet === undefined) continue;
      const clusterPaths = clusterPathsBetween(fleet.clusters, backendClusters(value, fleet));
      checkGateways(context, subject, policy, clusterPaths);
      checkMesh(context, subject, policy, clusterPaths);
      checkPorts(context, subject, policy, value);
    }
    for (const { subject, value } of inFocus(context, "ExternalService")) checkExternal(context, subject, value);
  },
};

type Policy = PlacedPolicy<"ClientTLSPolicy">;

/** The mode that an east-west gateway accepts from callers on other networks, by cluster path. */
const TAKEN = { "mutual-tls": "istioMutual", plaintext: "disable" } as const;

function checkGateways(
  { findings }: CheckContext,
  subject: Subject,
  { name: policy, path, value: { mode } }: Policy,
  clusterPaths: readonly ClusterPath[],
): void {
  for (const { from, to, route } of clusterPaths) {
    const needed = route === "mutual-tls" || route === "plaintext" ? TAKEN[route] : mode;
    if (needed === mode || needed === "simple" || needed === "mutual") continue;
    findings.add("MW0470", subject, path, { policy, mode, from: from.name, to: to.name, needed });
    return;
  }
}

/** Checks paths within a network only; east-west gateways handle the others. */
function checkMesh(
  { findings }: CheckContext,
  subject: Subject,
  { name: policy, path, value: { mode } }: Policy,
  clusterPaths: readonly ClusterPath[],
): void {
  if (mode !== "istioMutual") return;
  for (const { from, to, route } of clusterPaths) {
    const without = [from, to].find(({ mesh }) => mesh === Mesh.None);
    if (route !== "direct" || without === undefined) continue;
    const side = without === from ? "callers" : "pods";
    findings.add("MW0471", subject, path, { policy, cluster: without.name, side });
    return;
  }
}

/** Callers of external services need certificates of the mesh, too. */
function checkExternal({ model, findings }: CheckContext, subject: Subject, service: ExternalService): void {
  const fleet = model.Fleet.get(service.fleet);
  const bare = fleet && clustersNamed(fleet, service.clusters).find(({ mesh }) => mesh === Mesh.None);
  if (bare === undefined) return;
  service.ports.forEach(({ clientsideTls: tls }, index) => {
    if (tls?.mode !== ClientTlsMode.IstioMutual) return;
    findings.add("MW0471", subject, ["ports", index, "clientsideTls"], { cluster: bare.name, side: "callers" });
  });
}

function checkPorts(
  { findings }: CheckContext,
  subject: Subject,
  { name: policy, path, value: { mode } }: Policy,
  { ports }: VirtualDestination,
): void {
  if (mode !== "simple" && mode !== "mutual") return;
  for (const { number, protocol } of ports) {
    if (isDeferred(number) || isDeferred(protocol) || !isTls(protocol)) continue;
    findings.add("MW0472", subject, path, { policy, mode, port: number, protocol });
  }
}
