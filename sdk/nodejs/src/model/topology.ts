import { Mesh } from "../args/fleet.js";
import { isKnown } from "./deferred.js";
import { type Cluster, clustersNamed, type Fleet } from "./fleet.js";
import type { ServiceSelector, VirtualDestination } from "./virtual-destination.js";

/** How a caller in one cluster reaches a backend in another. */
export type ClusterPathKind =
  /** Same cluster, or pods that the caller's cluster reaches directly. */
  | "direct"
  /** Through the east-west gateway, mutual TLS from end to end. */
  | "mutual-tls"
  /** Through the east-west gateway in plaintext, because the backend's cluster has no mesh. */
  | "plaintext"
  /** Not at all: no east-west gateway. */
  | "no-gateway"
  /** Not at all: the caller has no identity and the backend's mesh demands one. */
  | "no-identity";

/** Whether two clusters share a network. While a network is not known, they count as apart. */
export function isFlat(from: Cluster, to: Cluster): boolean {
  return from.name === to.name || (isKnown(from.network) && from.network === to.network);
}

/** How callers in `from` reach backends in `to`. While a mesh is not known, it counts as Istio's. */
export function pathBetween(from: Cluster, to: Cluster): ClusterPathKind {
  return isFlat(from, to) ? "direct" : routeThroughGateway(from, to);
}

/** How callers in `from` reach one Service of `to`. A network that was not known from the start counts as another one for good. */
export function pathToService(from: Cluster, to: Cluster): ClusterPathKind {
  const isNear = from.name === to.name || (isFlat(from, to) && !mayChangeNetwork(from) && !mayChangeNetwork(to));
  return isNear ? "direct" : routeThroughGateway(from, to);
}

/** Label that Istio gives to the endpoints of each cluster, with the cluster's name. */
export const CLUSTER_LABEL = "topology.istio.io/cluster";

/** What tells a cluster's endpoints of a Service from others: on one network, Istio joins Services of one name. */
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

/** The names of clusters in which a namespace is Istio's root namespace, of those named or of all. */
export function rootedIn(fleet: Fleet, names: readonly string[] | undefined, namespace: string): readonly string[] {
  return clustersNamed(fleet, names).flatMap(({ name, rootNamespace }) => (rootNamespace === namespace ? [name] : []));
}

/** The selectors of a virtual destination that look into a cluster. */
export function servicesIn(destination: VirtualDestination, cluster: string): readonly ServiceSelector[] {
  return destination.services.filter((service) => service.cluster === undefined || service.cluster === cluster);
}

/** The clusters in which a virtual destination may have backends. */
export function backendClusters(destination: VirtualDestination, fleet: Fleet): readonly Cluster[] {
  return fleet.clusters.filter((cluster) => servicesIn(destination, cluster.name).length > 0);
}

/** The namespace of a virtual destination's objects in a cluster: that of its backends there, else that of the first service. */
export function namespaceIn(destination: VirtualDestination, cluster: string): string {
  return (servicesIn(destination, cluster)[0] ?? destination.services[0])?.namespace ?? "default";
}

/** The DNS name of a Kubernetes Service. */
export function serviceHost(
  service: { readonly name: string; readonly namespace: string },
  { clusterDomain }: Pick<Cluster, "clusterDomain">,
): string {
  return `${service.name}.${service.namespace}.svc.${clusterDomain}`;
}
