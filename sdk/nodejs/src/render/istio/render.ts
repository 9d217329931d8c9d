/** Renders plans to open-source Istio: networking.istio.io/v1 and security.istio.io/v1. */
import type { KubeObject, Maker, RenderedObject } from "../../kube/object.js";
import { objectKey } from "../../kube/object.js";
import type { Deferred } from "../../model/deferred.js";
import type { PlannedAccess } from "../../plan/planned-access.js";
import type { ClusterPlan } from "../../plan/types.js";
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
import { renderNamespaceIsolation } from "./namespace-isolation.js";
import { renderPeerAuthentications } from "./peer-authentication.js";
import { renderDestinationEntries, renderExternalService, renderHomeEntries } from "./service-entry.js";
import { renderSidecar } from "./sidecar.js";
import {
  type RouteTableRenderer,
  renderPlaintextEntrance,
  renderTerminationRoutes,
  routeTableRenderer,
} from "./virtual-service.js";

/** Renders the target `istio`. */
export const renderIstio: Renderer = (plan) => {
  const renderRouteTable = routeTableRenderer();
  return { objects: plan.clusters.flatMap((cluster) => renderCluster(cluster, renderRouteTable)), diagnostics: [] };
};

/**
 * The order in which a resource's objects are applied, so that nothing is used before it exists: rules before their
 * hosts, pods before other networks' gateways that lead to them, and routing last.
 */
export const ApplyStep = { Base: 0, Pods: 1, Entrances: 2, Remote: 3, Filters: 4, Routes: 5 } as const;
type Step = (typeof ApplyStep)[keyof typeof ApplyStep];

function renderCluster(cluster: ClusterPlan, renderRouteTable: RouteTableRenderer): RenderedObject[] {
  const objects: RenderedObject[] = [];
  const addAt = (step: Step, { maker, shapedBy }: Owned, rendered: readonly KubeObject[]): void => {
    for (const object of rendered)
      objects.push({ maker, cluster: cluster.cluster, object, step, ...(shapedBy && { shapedBy }) });
  };
  const add = (owned: Owned, ...rendered: readonly KubeObject[]): void => addAt(ApplyStep.Base, owned, rendered);
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
    // listeners whose shape is deferred have their patches from the start
    addAt(ApplyStep.Filters, { maker: gateway.maker }, renderListenerPatches(gateway));
    addAccess(gateway.maker, gateway.access);
  }
  for (const destination of cluster.destinations) {
    const { local, remote } = renderDestinationEntries(destination);
    add(destination, ...renderDestinationRules(destination));
    addAt(ApplyStep.Pods, destination, local);
    addAt(ApplyStep.Remote, destination, remote);
    addAt(ApplyStep.Filters, destination, renderHealthCheckFilters(destination));
    addAccess(destination.maker, destination.isolation, "isolation");
    addAccess(destination.maker, destination.access);
  }
  for (const entrance of cluster.entrances) {
    const isPlaintext = entrance.kind === "plaintext";
    add(entrance, ...renderHomeRule(entrance));
    addAt(ApplyStep.Pods, entrance, renderHomeEntries(entrance));
    if (!isPlaintext) addAt(ApplyStep.Pods, entrance, [renderTerminationGateway(entrance)]);
    addAt(ApplyStep.Entrances, entrance, [
      isPlaintext ? renderPlaintextEntrance(entrance) : renderTerminationRoutes(entrance),
    ]);
  }
  for (const isolation of cluster.isolated ?? []) add(isolation, ...renderNamespaceIsolation(isolation));
  for (const trim of cluster.trims ?? []) add(trim, renderSidecar(trim));
  for (const service of cluster.externalServices) {
    add(service, ...renderExternalRules(service));
    addAt(ApplyStep.Pods, service, renderExternalService(service));
  }
  for (const table of [...cluster.routeTables, ...(cluster.sidecarTables ?? [])]) {
    for (const chosen of table.chosenSubsets)
      add({ ...chosen, maker: table.maker }, renderChosenSubsets(table, chosen));
    const [routes, ...filters] = renderRouteTable(table);
    // filters before routes, which enable them
    addAt(ApplyStep.Filters, table, filters);
    if (routes !== undefined) addAt(ApplyStep.Routes, table, [routes]);
  }
  return sortBy(objects, ({ object }) => objectKey(object));
}

/** The owner of rendered objects, and the leaves that defer their shape. */
interface Owned {
  readonly maker: Maker;
  readonly shapedBy?: Deferred;
}

function sortBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ key: keyOf(item), item }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}
