import { PeerTlsMode } from "../args/access-policy.js";
import { Mesh } from "../args/fleet.js";
import { privateHost } from "../kube/names.js";
import { isKnown } from "../model/deferred.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import type { Policies } from "../model/policies.js";
import { backendClusters, isFlat, namespaceIn, pathBetween, servicesIn } from "../model/topology.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import { seersOf } from "../model/visibility.js";
import type { Workspaces } from "../model/workspace.js";
import { type Guarded, planAccess } from "./access.js";
import { nearClusters, planDestinationPolicies, planHomePolicies } from "./destination-policies.js";
import { endpointsOf, identity, plannedResolution, shapedBy, tlsToward } from "./endpoints.js";
import { hostPart } from "./host-part.js";
import { planIsolation } from "./isolation.js";
import type { PlannedAccess } from "./planned-access.js";
import type { Labels } from "./planned-target.js";
import { planPort, planSubset } from "./ports.js";
import type { Gateways } from "./probes.js";
import type { PlannedDestination, PlannedEndpoint, PlannedEntrance } from "./types.js";

/** The resources that a virtual destination refers to. */
interface DestinationContext {
  readonly fleet: Fleet;
  readonly policies: Policies & Gateways;
  readonly workspaces: Workspaces;
}

/** Plans a virtual destination for every cluster of its fleet. */
export function planVirtualDestination(
  name: string,
  destination: VirtualDestination,
  { fleet, policies, workspaces }: DestinationContext,
): { cluster: string; destination: PlannedDestination }[] {
  const backends = backendClusters(destination, fleet);
  const identities = identitiesOf(destination, backends);
  // duplicates are written once, so their number may be unknown too
  const several = identities.length > 1 ? identities : [];
  const shape = shapedBy([...fleet.clusters.flatMap(({ mesh, network }) => [mesh, network]), ...several]);
  const undecided = fleet.clusters.some((cluster) => cluster.undecided.includes("network"));
  const ports = destination.ports.map(planPort);
  const subsets = destination.subsets.map(({ labels, undecided }) => planSubset(labels, undecided));
  return fleet.clusters.flatMap((caller) => {
    const remote = remoteEndpoints(destination, caller, backends);
    const local = localSelectors(destination, caller, backends, undecided);
    const keepRemote =
      undecided && backends.some((backend) => backend.name !== caller.name && backend.eastWestGateway !== undefined);
    if (local.length === 0 && remote.length === 0 && !keepRemote) return [];
    const reached = backends.filter((backend) =>
      ["direct", "mutual-tls", "plaintext"].includes(pathBetween(caller, backend)),
    );
    const tls = tlsToward(caller, reached);
    const near = nearClusters(destination, caller, fleet);
    const applied = planDestinationPolicies({ policies, destination, caller, fleet });
    const guarded = guardedIn(destination, caller);
    const isolation = planIsolation(workspaces, name, destination, { guarded, fleet });
    const access = planAccess(policies, destination.policies, guarded, fleet);
    const isHome = backends.includes(caller);
    const planned: PlannedDestination = {
      maker: { kind: "VirtualDestination", name },
      part: [],
      namespace: namespaceIn(destination, caller.name),
      hosts: destination.hosts,
      hostParts: destination.hosts.map((_, index) => hostPart(name, destination.hosts, index, destination.undecided)),
      exportTo: exportTo({ model: workspaces, fleet, cluster: caller }, name, destination),
      ports,
      local,
      ...(near.some(({ cluster }) => cluster !== caller.name) && { near }),
      remote,
      keepRemote,
      resolution: plannedResolution(remote),
      identities,
      tls:
        access?.tlsMode === PeerTlsMode.Disable
          ? "NONE"
          : destination.clientMode === "tlsTermination" && tls === "MUTUAL"
            ? "PER_ENDPOINT"
            : tls,
      subsets,
      ...(applied && { policies: applied }),
      ...(isolation && isHome && { isolation }),
      ...(access && isHome && { access: isolation ? withoutTlsMode(access) : access }),
      ...shape,
    };
    return [{ cluster: caller.name, destination: planned }];
  });
}

/** Among several PeerAuthentications for the same pods Istio honors the oldest; isolation already has one. */
function withoutTlsMode({ tlsMode, ...access }: PlannedAccess): PlannedAccess {
  return access;
}

/** Returns the pods of a cluster and their ports. */
function guardedIn(destination: VirtualDestination, { name }: Cluster): Guarded {
  return {
    namespace: namespaceIn(destination, name),
    proxies: servicesIn(destination, name).map(({ labels }) => labels),
    ports: destination.ports.map(({ targetPort }) => targetPort),
  };
}

/** Returns the namespaces that see the destination, including an east-west gateway that lets other networks in. */
function exportTo(
  where: { readonly model: Workspaces; readonly fleet: Fleet; readonly cluster: Cluster },
  name: string,
  destination: VirtualDestination,
): readonly string[] {
  const { cluster, fleet } = where;
  const seers = seersOf(where, name, destination);
  const gateway = cluster.eastWestGateway;
  const passes =
    gateway !== undefined &&
    cluster.mesh !== Mesh.None &&
    destination.clientMode === "sniRouting" &&
    servicesIn(destination, cluster.name).length > 0 &&
    fleet.clusters.some((caller) => !isFlat(caller, cluster));
  if (!passes || seers.includes("*")) return seers;
  return [...new Set([...seers, gateway.namespace])];
}

function localSelectors(
  destination: VirtualDestination,
  caller: Cluster,
  backends: readonly Cluster[],
  undecided: boolean,
): Labels[] {
  const near = undecided ? backends : backends.filter((backend) => isFlat(caller, backend));
  const selectors = near.flatMap((backend) => servicesIn(destination, backend.name).map(({ labels }) => labels));
  return [...new Map(selectors.map((labels) => [JSON.stringify(Object.entries(labels).sort()), labels])).values()];
}

function remoteEndpoints(
  destination: VirtualDestination,
  caller: Cluster,
  backends: readonly Cluster[],
): PlannedEndpoint[] {
  const termination = destination.clientMode === "tlsTermination";
  return backends.flatMap((backend) => {
    const way = pathBetween(caller, backend);
    const gateway = backend.eastWestGateway;
    if (gateway === undefined || (way !== "mutual-tls" && way !== "plaintext")) return [];
    const terminates = termination && way === "mutual-tls";
    const labels = servicesIn(destination, backend.name)[0]?.labels ?? {};
    // a subset keeps only endpoints with its labels, so the gateway is listed once for each subset
    const subsets = destination.subsets.filter(({ clusters }) => clusters?.includes(backend.name) ?? true);
    const labelSets = [labels, ...subsets.map((subset) => ({ ...labels, ...subset.labels }))];
    return endpointsOf(backend, gateway, {
      port: terminates ? gateway.tlsTerminationPort : gateway.port,
      labelSets,
      alwaysTls: terminates,
    });
  });
}

function identitiesOf(destination: VirtualDestination, backends: readonly Cluster[]): string[] {
  const meshed = backends.filter(({ mesh }) => mesh !== Mesh.None);
  // if one cluster's service accounts are not named, the names of the others would lock it out
  const unnamed = meshed.some((cluster) =>
    servicesIn(destination, cluster.name).some(({ serviceAccounts }) => serviceAccounts === undefined),
  );
  if (unnamed) return [];
  const identities = meshed.flatMap((cluster) => [
    ...servicesIn(destination, cluster.name).flatMap(({ namespace, serviceAccounts = [] }) =>
      serviceAccounts.map((account) => identity(cluster.trustDomain, namespace, account)),
    ),
    ...(destination.clientMode === "tlsTermination" && cluster.eastWestGateway !== undefined
      ? [identity(cluster.trustDomain, cluster.eastWestGateway.namespace, cluster.eastWestGateway.serviceAccount)]
      : []),
  ]);
  return [...new Set(identities)];
}

/** Plans the entrances of east-west gateways to backends in their own clusters, where TLS can't pass through. */
export function planEntrances(
  name: string,
  destination: VirtualDestination,
  { fleet, policies }: DestinationContext,
): { cluster: string; entrance: PlannedEntrance }[] {
  return backendClusters(destination, fleet).flatMap((cluster) => {
    const gateway = cluster.eastWestGateway;
    const called = fleet.clusters.some((caller) => !isFlat(caller, cluster) || cluster.undecided.includes("network"));
    if (gateway === undefined || !called) return [];
    const plaintext = cluster.mesh === Mesh.None || cluster.undecided.includes("mesh");
    const kinds = [
      ...(plaintext ? (["plaintext"] as const) : []),
      ...(destination.clientMode === "tlsTermination" && cluster.mesh !== Mesh.None
        ? (["tls-termination"] as const)
        : []),
    ];
    const places = destination.hosts.flatMap((host, hostIndex) => {
      const part = hostPart(name, destination.hosts, hostIndex, destination.undecided);
      return kinds.map((kind, index) => ({ host, part, kind, index }));
    });
    return places.map(({ host, part, kind, index }) => ({
      cluster: cluster.name,
      entrance: {
        maker: { kind: "VirtualDestination" as const, name },
        part,
        kind,
        gateway: {
          fleet: destination.fleet,
          namespace: gateway.namespace,
          labels: gateway.labels,
          port: kind === "plaintext" ? gateway.port : gateway.tlsTerminationPort,
        },
        hosts: [host],
        ports: enterablePorts(destination, kind),
        ...(kind === "plaintext" && shapedBy(destination.ports.map(({ protocol }) => protocol))),
        localHost: privateHost(host, cluster.name),
        // both kinds share the host behind them
        ...(index === 0 && {
          pods: {
            namespace: namespaceIn(destination, cluster.name),
            selectors: servicesIn(destination, cluster.name).map(({ labels }) => labels),
          },
          ...planHomePolicies(policies, destination, kind),
        }),
      },
    }));
  });
}

/** Plaintext entrances distinguish destinations by HTTP host, so only HTTP ports can enter there. */
function enterablePorts(destination: VirtualDestination, kind: PlannedEntrance["kind"]): PlannedEntrance["ports"] {
  const ports = destination.ports.map(planPort);
  if (kind !== "plaintext") return ports;
  return ports.filter(({ protocol }) => !isKnown(protocol) || ["HTTP", "HTTP2", "GRPC"].includes(protocol));
}
