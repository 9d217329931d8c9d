import { memoizeBy } from "../../memo/memo.js";
import type { Cluster } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import type { RouteTable } from "../../model/route-table.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import type { CheckContext } from "../rule.js";

/** A gateway's proxies, or a namespace's pods with sidecars, in one cluster, as callers of a route table's destinations. */
export interface CallingProxies {
  /** Name of the gateway; absent for sidecars. */
  readonly gateway?: string;
  readonly namespace: string;
  readonly cluster: Cluster;
}

/** The clusters in which a gateway runs; none while its fleet is missing. */
export function clustersOf(context: CheckContext, gateway: VirtualGateway): readonly Cluster[] {
  const fleet = context.model.Fleet.get(gateway.fleet);
  return fleet === undefined ? [] : clustersNamed(fleet, gateway.clusters);
}

/**
 * Who calls the destinations of a table: its gateways, and callers with sidecars, in each of their clusters that the table's fleet has.
 *
 * Tables of the same gateways share the list, so that it can stand for them.
 */
export const callingProxiesOf = memoizeBy(findCallers, (_context, { fleet, virtualGateways, sidecars }) =>
  JSON.stringify([fleet, virtualGateways, sidecars]),
);

function findCallers(context: CheckContext, table: RouteTable): readonly CallingProxies[] {
  const known = new Set(context.model.Fleet.get(table.fleet)?.clusters.map((cluster) => cluster.name));
  const gateways = [...new Set(table.virtualGateways)].flatMap((name): readonly CallingProxies[] => {
    const gateway = context.model.VirtualGateway.get(name);
    if (gateway === undefined) return [];
    return clustersOf(context, gateway)
      .filter((cluster) => known.has(cluster.name))
      .map((cluster) => ({ gateway: name, namespace: gateway.namespace, cluster }));
  });
  const { namespaces = [] } = table.sidecars ?? {};
  const sidecars = sidecarClusters(context, table).flatMap((cluster) =>
    [...new Set(namespaces)].map((namespace): CallingProxies => ({ namespace, cluster })),
  );
  return [...gateways, ...sidecars];
}

/** The clusters in which a table has callers with sidecars; none while its fleet is missing. */
export function sidecarClusters(context: CheckContext, { fleet, sidecars }: RouteTable): readonly Cluster[] {
  const found = context.model.Fleet.get(fleet);
  return found === undefined || sidecars === undefined ? [] : clustersNamed(found, sidecars.clusters);
}
