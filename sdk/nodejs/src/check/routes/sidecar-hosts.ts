import { Mesh } from "../../args/fleet.js";
import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { Cluster } from "../../model/fleet.js";
import type { RouteTable } from "../../model/route-table.js";
import { sidecarClusters } from "../facts/callers.js";
import { type CheckContext, claim, everyOne, isFocused, type Rule } from "../rule.js";

export const sidecarHosts: Rule = {
  name: "sidecar-hosts",
  codes: ["MW0231", "MW0232", "MW0233", "MW0323"],
  description:
    "Tables for sidecars name clusters with a mesh and hosts that the mesh knows, and no host has two such tables.",
  check(context) {
    for (const { subject, value: table } of everyOne(context, "RouteTable")) {
      if (table.sidecars === undefined) continue;
      const clusters = sidecarClusters(context, table);
      claimHosts(context, subject, table, clusters);
      if (!isFocused(context, subject)) continue;
      checkMesh(context, subject, table, clusters);
      table.hosts.forEach((host, index) => {
        if (isDeferred(host)) return;
        const path = ["hosts", index];
        if (host.startsWith("*")) context.findings.add("MW0232", subject, path, { host });
        else checkRegistry(context, subject, table, { host, path, clusters });
      });
    }
  },
};

/** Sidecars use the oldest of several VirtualServices for a host, regardless of the callers these select. */
function claimHosts(
  context: CheckContext,
  subject: Subject,
  { fleet, hosts, sidecars }: RouteTable,
  clusters: readonly Cluster[],
): void {
  const namespaces = [...new Set(sidecars?.namespaces)];
  hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    const clashes = namespaces.flatMap((namespace) =>
      clusters.flatMap(({ name: cluster }) => {
        const key = `Sidecars/${fleet}/${cluster}/${namespace}/${host.toLowerCase()}`;
        const other = claim(context, subject, key, subject.name);
        return other === undefined ? [] : [{ host, namespace, cluster, other }];
      }),
    );
    if (clashes[0] !== undefined) context.findings.add("MW0323", subject, ["hosts", index], clashes[0]);
  });
}

function checkMesh(
  context: CheckContext,
  subject: Subject,
  { sidecars }: RouteTable,
  clusters: readonly Cluster[],
): void {
  for (const { name: cluster, mesh } of clusters) {
    if (mesh !== Mesh.None) continue;
    const index = sidecars?.clusters?.indexOf(cluster);
    const path: Path = index === undefined ? ["sidecars"] : ["sidecars", "clusters", index];
    context.findings.add("MW0231", subject, path, { cluster });
  }
}

interface SidecarHost {
  readonly host: string;
  readonly path: Path;
  readonly clusters: readonly Cluster[];
}

/**
 * Warns of hosts that nothing in the mesh defines, as far as the program shows: sidecars route them on port 80 only.
 */
function checkRegistry(
  context: CheckContext,
  subject: Subject,
  { fleet }: RouteTable,
  { host, path, clusters }: SidecarHost,
): void {
  const name = host.toLowerCase();
  const hosts = [...context.model.VirtualDestination.values(), ...context.model.ExternalService.values()].flatMap(
    (each) => each.hosts,
  );
  if (hosts.some((each) => isDeferred(each) || each.toLowerCase() === name)) return;
  const stranger = clusters.find(({ name: cluster, clusterDomain }) => {
    if (isDeferred(clusterDomain)) return false;
    const isService = /^[^.]+\.[^.]+$/.test(withoutSuffix(name, `.svc.${clusterDomain.toLowerCase()}`));
    return !isService && !context.claims.has(`Host/${fleet}/${cluster}/${name}/any`);
  });
  if (stranger === undefined) return;
  const { name: cluster, clusterDomain } = stranger;
  context.findings.add("MW0233", subject, path, { host, cluster, domain: `svc.${clusterDomain}` });
}

/** Removes a suffix; returns an empty text if the suffix is missing. */
function withoutSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : "";
}
