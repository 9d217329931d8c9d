import { deferredOf } from "../model/deferred.js";
import type { RouteDestination } from "../model/destination.js";
import type { Cluster } from "../model/fleet.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import { connectionRoutePlanner } from "./connection-routes.js";
import { shapedBy } from "./endpoints.js";
import type { RemoteService } from "./remote-services.js";
import { routePlanner } from "./routes.js";
import { type TargetContext, TargetPlanner, type View } from "./targets.js";
import type { PlannedRoutes } from "./types.js";

/** The input for planning one table for some callers. */
export interface TableContext<Table extends PlannedRoutes> extends TargetContext {
  /** The gateway; absent for callers with sidecars. */
  readonly gateway?: VirtualGateway;
  /** Namespace of the callers. */
  readonly namespace: string;
  /** Adds the callers to planned routes. */
  readonly placed: (routes: PlannedRoutes) => Table;
}

/** One table planned for some callers in one cluster, and the Services of other clusters that it needs. */
export interface PlacedRouteTable<Table extends PlannedRoutes> {
  readonly cluster: Cluster;
  readonly table: Table;
  readonly remote: readonly RemoteService[];
}

/**
 * Plans a table for some callers in these clusters. Clusters with the same view of the table, or of one of its routes,
 * share the plan.
 */
export function planRouteTables<Table extends PlannedRoutes>(
  context: TableContext<Table>,
  clusters: readonly Cluster[],
): PlacedRouteTable<Table>[] {
  const { name, table, gateway, namespace, placed } = context;
  const targets = new TargetPlanner(context);
  const planner = routePlanner(context, targets);
  const planTls = connectionRoutePlanner(table.tls, gateway, targets);
  const planTcp = connectionRoutePlanner(table.tcp, gateway, targets);
  const ofConnections = [...table.tls, ...table.tcp].flatMap(({ destinations }) => destinations);
  const servicesOf = (all: readonly RouteDestination[]) => all.filter(({ target }) => target.kind === "service");
  const [services, connectedServices] = [servicesOf(planner.destinations), servicesOf(ofConnections)];
  const outsideOfVirtual = [...planner.destinations, ...ofConnections].filter(
    ({ target }) => target.kind !== "virtualDestination",
  );
  const shape = table.undecided.length === 0 ? undefined : deferredOf(table.undecided);
  const known = new Map<string, Omit<PlacedRouteTable<Table>, "cluster">>();
  const plan = (views: readonly View[]): Omit<PlacedRouteTable<Table>, "cluster"> => ({
    table: placed({
      maker: { kind: "RouteTable", name },
      hosts: table.hosts,
      routes: planner.plan(views),
      ...(table.tls.length > 0 && { tls: planTls(views) }),
      ...(table.tcp.length > 0 && { tcp: planTcp(views) }),
      chosenSubsets: targets
        .chosenSubsets(outsideOfVirtual, views, namespace)
        .map((chosen) => ({ ...chosen, ...shapedBy([chosen.shapedBy, shape]) })),
      ...shapedBy([shape]),
    }),
    remote: [
      ...targets.remoteServices(services, views, "HTTP"),
      ...targets.remoteServices(connectedServices, views, "TCP"),
    ],
  });
  return clusters.map((cluster) => {
    const views = targets.viewsFrom(cluster);
    const key = views.join();
    const planned = known.get(key) ?? plan(views);
    known.set(key, planned);
    return { cluster, ...planned };
  });
}
