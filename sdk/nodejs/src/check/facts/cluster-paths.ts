import { Mesh } from "../../args/fleet.js";
import { memoize } from "../../memo/memo.js";
import { isDeferred } from "../../model/deferred.js";
import type { DestinationTarget } from "../../model/destination.js";
import type { Cluster, EastWestGateway } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import { hostCovers } from "../../model/host.js";
import type { RouteTable } from "../../model/route-table.js";
import { backendClusters, type ClusterPathKind, pathBetween, pathToService } from "../../model/topology.js";
import type { CheckContext } from "../rule.js";
import { type CallingProxies, callingProxiesOf } from "./callers.js";

/** The path from a caller's cluster to a backend's; `route` is absent until known. */
export interface ClusterPath {
  readonly from: Cluster;
  readonly to: Cluster;
  readonly route?: ClusterPathKind;
}

/**
 * Returns how callers in `from` reach backends in `to`; undefined if the networks or meshes that decide it are unknown.
 */
export function certainPath(from: Cluster, to: Cluster, routeOf = pathBetween): ClusterPathKind | undefined {
  if (from.name === to.name) return "direct";
  if (routeOf === pathBetween && (isDeferred(from.network) || isDeferred(to.network))) return undefined;
  const route = routeOf(from, to);
  if (route === "direct" || route === "no-gateway") return route;
  if (isDeferred(to.mesh) || (to.mesh !== Mesh.None && isDeferred(from.mesh))) return undefined;
  return route;
}

/** Returns the paths between two sets of clusters. */
export function clusterPathsBetween(
  from: readonly Cluster[],
  to: readonly Cluster[],
  routeOf = pathBetween,
): readonly ClusterPath[] {
  return from.flatMap((source) =>
    to.map((target) => {
      const route = certainPath(source, target, routeOf);
      return { from: source, to: target, ...(route !== undefined && { route }) };
    }),
  );
}

/** The cluster paths from the callers of a table to a destination. */
export interface ClusterPaths {
  readonly all: readonly ClusterPath[];
  /** The first path of each kind. */
  readonly first: ReadonlyMap<ClusterPathKind | undefined, ClusterPath>;
}

/**
 * Returns a function that finds the paths from a table's callers to a destination; none for destinations outside the
 * fleet.
 */
export function clusterPathsOf(context: CheckContext, table: RouteTable): (target: DestinationTarget) => ClusterPaths {
  return clusterPathsFrom(callingProxiesOf(context, table), context, table);
}

const clusterPathsFrom = memoize((callers: readonly CallingProxies[], context: CheckContext, table: RouteTable) => {
  const clusters = new Map(callers.map(({ cluster }) => [cluster.name, cluster]));
  return perPlace((target): ClusterPaths => {
    const routeOf = target.kind === "service" ? pathToService : pathBetween;
    const all = clusterPathsBetween([...clusters.values()], backendsOf(context, table, target), routeOf);
    // of entries with the same key, Map keeps the last one
    return { all, first: new Map(all.toReversed().map((clusterPath) => [clusterPath.route, clusterPath])) };
  });
});

/**
 * Caches one answer for all targets in the same place: a virtual destination, an external service, or all Services of a
 * cluster.
 */
export function perPlace<T>(answer: (target: DestinationTarget) => T): (target: DestinationTarget) => T {
  type Answers = Map<string, { readonly answer: T }>;
  const known: Readonly<Record<DestinationTarget["kind"], Answers>> = {
    service: new Map(),
    virtualDestination: new Map(),
    externalService: new Map(),
  };
  return (target) => {
    const place = target.kind === "service" ? target.cluster : target.name;
    const found = known[target.kind].get(place);
    if (found !== undefined) return found.answer;
    const fresh = answer(target);
    known[target.kind].set(place, { answer: fresh });
    return fresh;
  };
}

function backendsOf(context: CheckContext, table: RouteTable, target: DestinationTarget): readonly Cluster[] {
  if (target.kind === "externalService") return [];
  if (target.kind === "service") {
    const fleet = context.model.Fleet.get(table.fleet);
    return fleet === undefined ? [] : clustersNamed(fleet, [target.cluster]);
  }
  const destination = context.model.VirtualDestination.get(target.name);
  const fleet = destination && context.model.Fleet.get(destination.fleet);
  return destination === undefined || fleet === undefined ? [] : backendClusters(destination, fleet);
}

/** True if an east-west gateway certainly does not expose a host. */
export function isHidden(gateway: EastWestGateway | undefined, host: string): boolean {
  if (gateway === undefined || isDeferred(host)) return false;
  return gateway.exposedHosts.every((exposed) => !isDeferred(exposed) && !hostCovers(exposed, host));
}
