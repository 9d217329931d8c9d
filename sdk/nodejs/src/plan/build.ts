import { Mesh } from "../args/fleet.js";
import type { Subject } from "../diagnostics/diagnostic.js";
import { derive, type Leaf } from "../model/deferred.js";
import { effectiveTable } from "../model/delegation.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import type { Model } from "../model/model.js";
import { homeOf } from "../model/table-home.js";
import { planEastWestGateways } from "./east-west.js";
import { planEgressScope } from "./egress-scope.js";
import { planExternalService } from "./external-services.js";
import { planGatewayGuard } from "./gateway-guard.js";
import { planGateway } from "./gateways.js";
import type { PlannedGuard } from "./guards.js";
import { planNamespaceIsolation } from "./isolation.js";
import { planRemoteEntrance, planRemoteService, type RemoteService } from "./remote-services.js";
import { planRouteTables } from "./route-tables.js";
import type { ClusterPlan, Plan, PlannedRoutes, PlannedRouteTable, PlannedSidecarTable } from "./types.js";
import { planEntrances, planVirtualDestination } from "./virtual-destinations.js";
import { planWorkspaceGuard } from "./workspace-guard.js";

type Draft = {
  -readonly [K in keyof ClusterPlan]: NonNullable<ClusterPlan[K]> extends readonly (infer Item)[]
    ? Item[]
    : ClusterPlan[K];
};

/**
 * Plans the configuration of every cluster for a checked model.
 *
 * With `focus`, plans that resource only; the rest of the model is what it refers to.
 */
export function planModel(written: Model, focus?: Subject): Plan {
  const model = { ...written, Fleet: new Map([...written.Fleet].map(([name, fleet]) => [name, inOrder(fleet)])) };
  const trustDomains = trustDomainsOf(model);
  const drafts = new Map<string, Draft>();
  const draft = (cluster: string): Draft => {
    const known = drafts.get(cluster);
    if (known !== undefined) return known;
    const fresh: Draft = {
      cluster,
      trustDomain: trustDomains.get(cluster) ?? "",
      gateways: [],
      routeTables: [],
      destinations: [],
      externalServices: [],
      eastWestGateways: [],
      entrances: [],
    };
    drafts.set(cluster, fresh);
    return fresh;
  };
  const wanted = <T>(kind: Subject["kind"], items: ReadonlyMap<string, T>): [string, T][] =>
    [...items]
      .filter(([name]) => focus === undefined || (focus.kind === kind && focus.name === name))
      .sort(([a], [b]) => (a < b ? -1 : 1));

  for (const [name, fleet] of wanted("Fleet", model.Fleet)) {
    for (const { cluster, gateway } of planEastWestGateways(name, fleet)) draft(cluster).eastWestGateways.push(gateway);
  }
  for (const [name, gateway] of wanted("VirtualGateway", model.VirtualGateway)) {
    const fleet = model.Fleet.get(gateway.fleet);
    if (fleet !== undefined)
      for (const planned of planGateway(name, gateway, { fleet, policies: model }))
        draft(planned.cluster).gateways.push(planned.gateway);
    if (fleet !== undefined) addGuards(planGatewayGuard(name, gateway, { fleet, workspaces: model }), draft);
  }
  for (const [name, workspace] of wanted("Workspace", model.Workspace)) {
    const fleet = model.Fleet.get(workspace.fleet);
    if (fleet !== undefined) addGuards(planWorkspaceGuard(name, workspace, fleet), draft);
  }
  for (const [name, settings] of wanted("WorkspaceSettings", model.WorkspaceSettings)) {
    const fleet = model.Fleet.get(model.Workspace.get(settings.workspace)?.fleet ?? "");
    if (fleet === undefined) continue;
    for (const { cluster, isolation } of planNamespaceIsolation(name, settings, { workspaces: model, fleet })) {
      const own = draft(cluster);
      own.isolated = [...(own.isolated ?? []), isolation];
    }
  }
  for (const [name, destination] of wanted("VirtualDestination", model.VirtualDestination)) {
    const fleet = model.Fleet.get(destination.fleet);
    if (fleet === undefined) continue;
    for (const planned of planVirtualDestination(name, destination, { fleet, policies: model, workspaces: model }))
      draft(planned.cluster).destinations.push(planned.destination);
    for (const planned of planEntrances(name, destination, { fleet, policies: model, workspaces: model }))
      draft(planned.cluster).entrances.push(planned.entrance);
  }
  for (const [name, service] of wanted("ExternalService", model.ExternalService)) {
    const fleet = model.Fleet.get(service.fleet);
    if (fleet !== undefined)
      for (const planned of planExternalService(name, service, { fleet, workspaces: model }))
        draft(planned.cluster).externalServices.push(planned.service);
  }
  for (const [name, policy] of wanted("TrimProxyConfigPolicy", model.TrimProxyConfigPolicy)) {
    const fleet = model.Fleet.get(policy.fleet);
    if (fleet === undefined) continue;
    for (const { cluster, trim } of planEgressScope(name, policy, { model, fleet })) {
      const own = draft(cluster);
      own.trims = [...(own.trims ?? []), trim];
    }
  }
  for (const [name] of wanted("RouteTable", model.RouteTable)) planTable(model, name, draft);
  return { clusters: [...drafts.values()].sort((a, b) => (a.cluster < b.cluster ? -1 : 1)) };
}

function addGuards(
  planned: readonly { readonly cluster: string; readonly guard: PlannedGuard }[],
  draft: (cluster: string) => Draft,
): void {
  for (const { cluster, guard } of planned) {
    const own = draft(cluster);
    own.guards = [...(own.guards ?? []), guard];
  }
}

/** The trust domain of each cluster; empty for clusters without a mesh. */
function trustDomainsOf({ Fleet }: Pick<Model, "Fleet">): ReadonlyMap<string, Leaf<string>> {
  const clusters = [...Fleet.values()].flatMap((fleet) => fleet.clusters);
  return new Map(
    clusters.map(({ name, mesh, trustDomain }) => [
      name,
      derive([mesh], () => (mesh === Mesh.None ? "" : trustDomain)),
    ]),
  );
}

/** Sorts clusters by name, because the order they are written in must not affect the output. */
function inOrder(fleet: Fleet): Fleet {
  return { ...fleet, clusters: [...fleet.clusters].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function planTable(model: Model, name: string, draft: (cluster: string) => Draft): void {
  const table = effectiveTable(model, name);
  const fleet = table && model.Fleet.get(table.fleet);
  if (table === undefined || fleet === undefined) return;
  const entrances = new Set<string>();
  const remotes = new Set<string>();
  const reach = (services: readonly RemoteService[], cluster: Cluster, namespace: string): void => {
    for (const remote of services) {
      const key = JSON.stringify([remote.service, remote.port, remote.carries]);
      const seen = `${cluster.name}/${namespace}/${key}`;
      const destination = remotes.has(seen) ? undefined : planRemoteService(remote, cluster, namespace);
      if (destination !== undefined) draft(cluster.name).destinations.push(destination);
      remotes.add(seen);
      const entrance = entrances.has(key) ? undefined : planRemoteEntrance(remote);
      if (entrance !== undefined) draft(remote.home.name).entrances.push(entrance);
      entrances.add(key);
    }
  };
  for (const gatewayName of new Set(table.virtualGateways)) {
    const gateway = model.VirtualGateway.get(gatewayName);
    if (gateway === undefined) continue;
    const { namespace } = gateway;
    const own = { name: gatewayName, namespace, labels: gateway.workloads.labels };
    const placed = ({ maker, ...routes }: PlannedRoutes): PlannedRouteTable => ({ maker, gateway: own, ...routes });
    const context = { model, name, table, fleet, gateway, namespace, placed };
    for (const { cluster, remote, table: routes } of planRouteTables(context, clustersNamed(fleet, gateway.clusters))) {
      const home = homeOf(model, table, { fleet, cluster });
      const isAway = home !== undefined && home !== namespace;
      draft(cluster.name).routeTables.push(isAway ? { ...routes, namespace: home } : routes);
      reach(remote, cluster, namespace);
    }
  }
  const { namespaces = [], labels = {}, clusters } = table.sidecars ?? {};
  for (const namespace of new Set(namespaces)) {
    const sidecars = { namespace, labels };
    const placed = ({ maker, ...routes }: PlannedRoutes): PlannedSidecarTable => ({ maker, sidecars, ...routes });
    const context = { model, name, table, fleet, namespace, placed };
    for (const { cluster, remote, table } of planRouteTables(context, clustersNamed(fleet, clusters))) {
      const own = draft(cluster.name);
      own.sidecarTables = [...(own.sidecarTables ?? []), table];
      reach(remote, cluster, namespace);
    }
  }
}
