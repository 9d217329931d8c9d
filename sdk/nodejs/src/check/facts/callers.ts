import { memoizeBy } from "../../memo/memo.js";
import type { Cluster } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import type { RouteTable } from "../../model/route-table.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import type { CheckContext } from "../rule.js";

/**
 * A caller of a route table's destinations in one cluster: a gateway's proxies, or a namespace's pods with sidecars.
 */
export interface CallingProxies {
  /** The name of the gateway; absent for sidecars. */
  readonly gateway?: string;
  readonly namespace: string;
  readonly cluster: Cluster;
}

/** Returns the clusters where a gateway runs; none if its fleet is missing. */
export function clustersOf(context: CheckContext, gateway: VirtualGateway): readonly Cluster[] {
  const fleet = context.model.Fleet.get(gateway.fleet);
  return fleet === undefined ? [] : clustersNamed(fleet, gateway.clusters);
}

/**
 * Returns the callers of a table's destinations: its gateways, and pods with sidecars, in each of their clusters that
 * the table's fleet has.
 *
 * Tables with the same gateways share one list, which can therefore serve as a cache key.
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

/** Returns the clusters where a table has callers with sidecars; none if its fleet is missing. */
export function sidecarClusters(context: CheckContext, { fleet, sidecars }: RouteTable): readonly Cluster[] {
  const found = context.model.Fleet.get(fleet);
  return found === undefined || sidecars === undefined ? [] : clustersNamed(found, sidecars.clusters);
}
