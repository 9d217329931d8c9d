import { Mesh } from "../args/fleet.js";
import { isKnown } from "./deferred.js";
import { type Cluster, clustersNamed, type Fleet } from "./fleet.js";
import type { ServiceSelector, VirtualDestination } from "./virtual-destination.js";

/** The path from a caller in one cluster to a backend in another. */
export type ClusterPathKind =
  /** Same cluster, or pods that are directly reachable from the caller's cluster. */
  | "direct"
  /** Through the east-west gateway, with end-to-end mutual TLS. */
  | "mutual-tls"
  /** Through the east-west gateway in plaintext, because the backend's cluster has no mesh. */
  | "plaintext"
  /** Unreachable: there is no east-west gateway. */
  | "no-gateway"
  /** Unreachable: the caller has no identity and the backend's mesh requires one. */
  | "no-identity";

/** True if two clusters share a network. An unknown network counts as a separate one. */
export function isFlat(from: Cluster, to: Cluster): boolean {
  return from.name === to.name || (isKnown(from.network) && from.network === to.network);
}

/** Returns the path from callers in `from` to backends in `to`. An unknown mesh counts as Istio. */
export function pathBetween(from: Cluster, to: Cluster): ClusterPathKind {
  return isFlat(from, to) ? "direct" : routeThroughGateway(from, to);
}

/**
 * Returns the path from callers in `from` to a Service in `to`. An initially unknown network always counts as a
 * separate one.
 */
export function pathToService(from: Cluster, to: Cluster): ClusterPathKind {
  const isNear = from.name === to.name || (isFlat(from, to) && !mayChangeNetwork(from) && !mayChangeNetwork(to));
  return isNear ? "direct" : routeThroughGateway(from, to);
}

/** The label with the cluster's name that Istio adds to endpoints. */
export const CLUSTER_LABEL = "topology.istio.io/cluster";

/**
 * Returns labels that single out a cluster's endpoints of a Service: on one network, Istio merges Services with the
 * same name.
 */
export function pinTo(home: Cluster, fleet: Fleet): Readonly<Record<string, string>> | undefined {
  const isShared = fleet.clusters.some(
    (other) => other.name !== home.name && (isFlat(home, other) || mayChangeNetwork(home) || mayChangeNetwork(other)),
  );
  return isShared ? { [CLUSTER_LABEL]: home.name } : undefined;
}

function mayChangeNetwork({ undecided }: Cluster): boolean {
  return undecided.includes("network");
}

function routeThroughGateway(from: Cluster, to: Cluster): ClusterPathKind {
  if (to.eastWestGateway === undefined) return "no-gateway";
  if (to.mesh === Mesh.None) return "plaintext";
  return from.mesh === Mesh.None ? "no-identity" : "mutual-tls";
}

/** Returns the names of clusters where a namespace is Istio's root namespace, among the given ones or all. */
export function rootedIn(fleet: Fleet, names: readonly string[] | undefined, namespace: string): readonly string[] {
  return clustersNamed(fleet, names).flatMap(({ name, rootNamespace }) => (rootNamespace === namespace ? [name] : []));
}

/** Returns the selectors of a virtual destination that apply to a cluster. */
export function servicesIn(destination: VirtualDestination, cluster: string): readonly ServiceSelector[] {
  return destination.services.filter((service) => service.cluster === undefined || service.cluster === cluster);
}

/** Returns the clusters where a virtual destination may have backends. */
export function backendClusters(destination: VirtualDestination, fleet: Fleet): readonly Cluster[] {
  return fleet.clusters.filter((cluster) => servicesIn(destination, cluster.name).length > 0);
}

/**
 * Returns the namespace for a virtual destination's objects in a cluster: its backends' there, or else the first
 * service's.
 */
export function namespaceIn(destination: VirtualDestination, cluster: string): string {
  return (servicesIn(destination, cluster)[0] ?? destination.services[0])?.namespace ?? "default";
}

/** Returns the DNS name of a Kubernetes Service. */
export function serviceHost(
  service: { readonly name: string; readonly namespace: string },
  { clusterDomain }: Pick<Cluster, "clusterDomain">,
): string {
  return `${service.name}.${service.namespace}.svc.${clusterDomain}`;
}
