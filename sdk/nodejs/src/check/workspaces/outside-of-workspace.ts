import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import type { Placed } from "../../model/definition.js";
import { clustersNamed } from "../../model/fleet.js";
import { mayClaimNamespace } from "../../model/may-claim.js";
import type { RouteTable } from "../../model/route-table.js";
import { backendClusters, servicesIn } from "../../model/topology.js";
import { namespacesOf, type OwningWorkspace, ownerOf, ownsNamespace } from "../../model/workspace.js";
import { clustersOf, sidecarClusters } from "../facts/callers.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const outsideOfWorkspace: Rule = {
  name: "outside-of-workspace",
  codes: ["MW0601"],
  description: "Resources of a workspace are in its namespaces.",
  check(context) {
    for (const kind of ["ExternalService", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const fleet = context.model.Fleet.get(value.fleet);
        const owner = ownerOf(context.model, value.workspace);
        const clusters = fleet === undefined ? [] : clustersNamed(fleet, value.clusters).map(({ name }) => name);
        const places = clusters.map((cluster) => ({
          value: { cluster, namespace: value.namespace },
          path: ["namespace"],
        }));
        report(context, subject, owner, places);
      }
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const fleet = context.model.Fleet.get(value.fleet);
      const places = (fleet === undefined ? [] : backendClusters(value, fleet)).flatMap(({ name: cluster }) =>
        servicesIn(value, cluster).map((service) => ({
          value: { cluster, namespace: service.namespace },
          path: ["services", value.services.indexOf(service), "namespace"],
        })),
      );
      report(context, subject, ownerOf(context.model, value.workspace), places);
    }
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      const { namespace, clusters } = value.workloads;
      const fleet = context.model.Fleet.get(value.fleet);
      const known = fleet === undefined ? [] : clustersNamed(fleet, clusters);
      const places = known.map(({ name }) => ({
        value: { cluster: name, namespace },
        path: ["workloads", "namespace"],
      }));
      report(context, subject, ownerOf(context.model, value.workspace), places);
    }
    for (const { subject, value } of inFocus(context, "RouteTable"))
      report(context, subject, ownerOf(context.model, value.workspace), placesOfTable(context, value));
  },
};

/** Returns the namespaces of a table's rendered routes, and of the sidecars that it configures. */
function placesOfTable(context: CheckContext, table: RouteTable): readonly Placed<NamespacePlace>[] {
  const { namespace, sidecars, virtualGateways } = table;
  const gateways = virtualGateways.flatMap((name) => context.model.VirtualGateway.get(name) ?? []);
  const clusters = new Set(gateways.flatMap((gateway) => clustersOf(context, gateway).map(({ name }) => name)));
  const written = namespace === undefined ? [] : [...clusters];
  const steered = sidecarClusters(context, table).flatMap(({ name: cluster }) =>
    (sidecars?.namespaces ?? []).map((each, index) => ({
      value: { cluster, namespace: each },
      path: ["sidecars", "namespaces", index],
    })),
  );
  return [
    ...written.map((cluster) => ({ value: { cluster, namespace: namespace ?? "" }, path: ["namespace"] })),
    ...steered,
  ];
}

interface NamespacePlace {
  readonly cluster: string;
  readonly namespace: string;
}

/** Reports the places that are not the owner's, grouped by namespace. */
function report(
  { model, findings }: CheckContext,
  subject: Subject,
  owner: OwningWorkspace | undefined,
  places: readonly Placed<NamespacePlace>[],
): void {
  if (owner === undefined) return;
  const ownFleet = model.Fleet.get(owner.workspace.fleet);
  const consents = [ownFleet?.mayClaim, owner.workspace.mayClaim];
  const outside = new Map<string, { readonly namespace: string; readonly path: Path; readonly clusters: string[] }>();
  for (const { value, path } of places) {
    const { cluster, namespace } = value;
    if (ownsNamespace(owner.workspace, cluster, namespace) || mayClaimNamespace(consents, namespace)) continue;
    const key = JSON.stringify(path);
    const found = outside.get(key) ?? { namespace, path, clusters: [] };
    found.clusters.push(cluster);
    outside.set(key, found);
  }
  const known = ownFleet === undefined ? [] : namespacesOf(owner.workspace, ownFleet).map(({ namespace }) => namespace);
  for (const { namespace, path, clusters } of outside.values())
    findings.add("MW0601", subject, path, { workspace: owner.name, namespace, clusters, known: [...new Set(known)] });
}
