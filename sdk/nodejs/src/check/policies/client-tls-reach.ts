import { Mesh } from "../../args/fleet.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { backendClusters } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { isTls } from "../facts/backends.js";
import { type ClusterPath, clusterPathsBetween } from "../facts/cluster-paths.js";
import { type PlacedPolicy, policyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const clientTlsReach: Rule = {
  name: "client-tls-reach",
  codes: ["MW0470", "MW0471", "MW0472"],
  description: "A client TLS policy fits every endpoint that callers reach, and every port.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const policy = policyOf(context, value, "ClientTLSPolicy");
      const fleet = context.model.Fleet.get(value.fleet);
      if (policy === undefined || fleet === undefined) continue;
      const crossings = clusterPathsBetween(fleet.clusters, backendClusters(value, fleet));
      checkGateways(context, subject, policy, crossings);
      checkMesh(context, subject, policy, crossings);
      checkPorts(context, subject, policy, value);
    }
  },
};

type Policy = PlacedPolicy<"ClientTLSPolicy">;

/** What an east-west gateway takes of callers from other networks, by how they reach it. */
const TAKEN = { "mutual-tls": "istioMutual", plaintext: "disable" } as const;

function checkGateways(
  { findings }: CheckContext,
  subject: Subject,
  { name: policy, path, value: { mode } }: Policy,
  crossings: readonly ClusterPath[],
): void {
  for (const { from, to, route } of crossings) {
    const needed = route === "mutual-tls" || route === "plaintext" ? TAKEN[route] : mode;
    if (needed === mode || needed === "simple" || needed === "mutual") continue;
    findings.add("MW0470", subject, path, { policy, mode, from: from.name, to: to.name, needed });
    return;
  }
}

/** What crosses networks is the gateways' part. */
function checkMesh(
  { findings }: CheckContext,
  subject: Subject,
  { name: policy, path, value: { mode } }: Policy,
  crossings: readonly ClusterPath[],
): void {
  if (mode !== "istioMutual") return;
  for (const { from, to, route } of crossings) {
    const without = [from, to].find(({ mesh }) => mesh === Mesh.None);
    if (route !== "direct" || without === undefined) continue;
    const side = without === from ? "callers" : "pods";
    findings.add("MW0471", subject, path, { policy, cluster: without.name, side });
    return;
  }
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
