/** Renders plans to open-source Istio: networking.istio.io/v1 and security.istio.io/v1. */
import type { KubeObject, Maker, RenderedObject } from "../../kube/object.js";
import { objectKey } from "../../kube/object.js";
import type { Deferred } from "../../model/deferred.js";
import type { PlannedAccess } from "../../plan/access.js";
import type { ClusterPlan, PlannedEntrance } from "../../plan/types.js";
import type { Renderer } from "../renderer.js";
import { renderAuthorizationPolicies } from "./authorization-policy.js";
import {
  renderChosenSubsets,
  renderDestinationRules,
  renderExternalRules,
  renderHomeRule,
} from "./destination-rule.js";
import { renderEastWestGateway, renderGateway, renderTerminationGateway } from "./gateway.js";
import { renderHealthCheckFilters } from "./health-check-filter.js";
import { renderListenerPatches } from "./listener-patches.js";
import { renderPeerAuthentications } from "./peer-authentication.js";
import { renderDestinationEntries, renderExternalService, renderHomeEntries } from "./service-entry.js";
import { renderSidecar } from "./sidecar.js";
import {
  type RouteTableRenderer,
  renderPlaintextEntrance,
  renderTerminationRoutes,
  routeTableRenderer,
} from "./virtual-service.js";

/** The renderer of the target `istio`. */
export const renderIstio: Renderer = (plan) => {
  const renderRouteTable = routeTableRenderer();
  return { objects: plan.clusters.flatMap((cluster) => renderCluster(cluster, renderRouteTable)), diagnostics: [] };
};

function renderCluster(cluster: ClusterPlan, renderRouteTable: RouteTableRenderer): RenderedObject[] {
  const objects: RenderedObject[] = [];
  const add = ({ maker, shapedBy }: { maker: Maker; shapedBy?: Deferred }, ...rendered: KubeObject[]): void => {
    for (const object of rendered)
      objects.push({ maker, cluster: cluster.cluster, object, ...(shapedBy && { shapedBy }) });
  };
  for (const gateway of cluster.eastWestGateways) add(gateway, renderEastWestGateway(gateway));
  const addAccess = (maker: Maker, access: PlannedAccess | undefined, part = "access"): void => {
    if (access !== undefined)
      add(
        { maker, ...(access.shapedBy && { shapedBy: access.shapedBy }) },
        ...renderAuthorizationPolicies(maker, access, part),
        ...renderPeerAuthentications(maker, access, part),
      );
  };
  for (const gateway of cluster.gateways) {
    add(gateway, renderGateway(gateway));
    // listeners that take shape later have their patches from the start
    add({ maker: gateway.maker }, ...renderListenerPatches(gateway));
    addAccess(gateway.maker, gateway.access);
  }
  for (const destination of cluster.destinations) {
    add(
      destination,
      ...renderDestinationEntries(destination),
      ...renderDestinationRules(destination),
      ...renderHealthCheckFilters(destination),
    );
    addAccess(destination.maker, destination.isolation, "isolation");
    addAccess(destination.maker, destination.access);
  }
  for (const entrance of cluster.entrances) add(entrance, ...renderEntrance(entrance));
  for (const trim of cluster.trims ?? []) add(trim, renderSidecar(trim));
  for (const service of cluster.externalServices)
    add(service, renderExternalService(service), ...renderExternalRules(service));
  for (const table of [...cluster.routeTables, ...(cluster.sidecarTables ?? [])]) {
    for (const chosen of table.chosenSubsets)
      add({ ...chosen, maker: table.maker }, renderChosenSubsets(table, chosen));
    add(table, ...renderRouteTable(table));
  }
  return sortBy(objects, ({ object }) => objectKey(object));
}

function renderEntrance(entrance: PlannedEntrance): KubeObject[] {
  const way =
    entrance.kind === "plaintext"
      ? [renderPlaintextEntrance(entrance)]
      : [renderTerminationGateway(entrance), renderTerminationRoutes(entrance)];
  return [...renderHomeEntries(entrance), ...renderHomeRule(entrance), ...way];
}

function sortBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ key: keyOf(item), item }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}
