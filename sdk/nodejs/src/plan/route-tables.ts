import type { Cluster } from "../model/fleet.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import type { RemoteService } from "./remote-services.js";
import { routePlanner } from "./routes.js";
import { type TargetContext, TargetPlanner, type View } from "./targets.js";
import type { PlannedRouteTable } from "./types.js";

/** What planning one table on one gateway needs. */
export interface TableContext extends TargetContext {
  readonly gatewayName: string;
  readonly gateway: VirtualGateway;
}

/** One table on one gateway in one cluster, and which Services of other clusters it needs. */
export interface PlacedRouteTable {
  readonly cluster: Cluster;
  readonly table: PlannedRouteTable;
  readonly remote: readonly RemoteService[];
}

/** Plans a table on one gateway in these clusters. Clusters that see the table, or one of its routes, alike share the plan of it. */
export function planRouteTables(context: TableContext, clusters: readonly Cluster[]): PlacedRouteTable[] {
  const { name, table, gateway, gatewayName } = context;
  const targets = new TargetPlanner(context);
  const routes = routePlanner(context, targets);
  const { destinations } = routes;
  const services = destinations.filter(({ target }) => target.kind === "service");
  const outsideOfVirtual = destinations.filter(({ target }) => target.kind !== "virtualDestination");
  const known = new Map<string, Omit<PlacedRouteTable, "cluster">>();
  const plan = (views: readonly View[]): Omit<PlacedRouteTable, "cluster"> => ({
    table: {
      maker: { kind: "RouteTable", name },
      gateway: { name: gatewayName, namespace: gateway.namespace, labels: gateway.workloads.labels },
      hosts: table.hosts,
      routes: routes.plan(views),
      chosenSubsets: targets.chosenSubsets(outsideOfVirtual, views, gateway.namespace),
    },
    remote: targets.remoteServices(services, views),
  });
  return clusters.map((cluster) => {
    const views = targets.viewsFrom(cluster);
    const key = views.join();
    const planned = known.get(key) ?? plan(views);
    known.set(key, planned);
    return { cluster, ...planned };
  });
}
