import { Mesh } from "../args/fleet.js";
import { dnsName, privateHost } from "../kube/names.js";
import { derive, type Leaf } from "../model/deferred.js";
import type { DestinationTarget } from "../model/destination.js";
import type { Cluster } from "../model/fleet.js";
import { serviceHost } from "../model/topology.js";
import { endpointsOf, plannedResolution, shapedBy, tlsToward } from "./endpoints.js";
import type { PlannedDestination, PlannedEntrance, PlannedPort } from "./types.js";

/** A Kubernetes Service of one cluster, as a route names it. */
export type ServiceTarget = Extract<DestinationTarget, { kind: "service" }>;

/** A route table's need for a Service of another cluster. */
export interface RemoteService {
  readonly table: string;
  readonly fleet: string;
  readonly service: ServiceTarget;
  readonly port: Leaf<number>;
  readonly carries: Carried;
  readonly home: Cluster;
}

/** The traffic of a route: requests, or connections of any protocol. */
export type Carried = "HTTP" | "TCP";

/**
 * Returns the private host by which one table's gateways know a Service of another cluster. No other object can claim
 * it.
 */
export function remoteServiceHost({ table, service, port, carries }: RemoteService): string {
  const label = carries === "TCP" ? `tcp-${port}` : `port-${port}`;
  return privateHost(service.name, service.namespace, label, service.cluster, dnsName(table));
}

function partOf({ service, port, carries }: RemoteService): string[] {
  return [service.name, service.namespace, service.cluster, String(port), ...(carries === "TCP" ? ["tcp"] : [])];
}

function portOf({ port, carries }: RemoteService): PlannedPort {
  const name = derive([port], () => `${carries.toLowerCase()}-${port}`);
  return { name, number: port, protocol: carries, targetPort: port };
}

/** Plans a Service as callers in another cluster see it, in the namespace of their gateway. */
export function planRemoteService(
  remote: RemoteService,
  caller: Cluster,
  namespace: string,
): PlannedDestination | undefined {
  const { home, port, service } = remote;
  const gateway = home.eastWestGateway;
  if (gateway === undefined) return undefined;
  const endpoints = endpointsOf(home, gateway, { port: gateway.port, labelSets: [{}], alwaysTls: false });
  return {
    maker: { kind: "RouteTable", name: remote.table },
    part: partOf(remote),
    namespace,
    hosts: [remoteServiceHost(remote)],
    hostParts: [[]],
    exportTo: ["."],
    ports: [portOf(remote)],
    local: [],
    remote: endpoints,
    keepRemote: false,
    resolution: plannedResolution(endpoints),
    identities: [],
    tls: tlsToward(caller, [home]),
    // the remote gateway finds the Service by the SNI that Envoy gives its own clusters
    sni: `outbound_.${port}_._.${serviceHost(service, home)}`,
    subsets: [],
    ...shapedBy([caller.mesh, home.mesh]),
  };
}

/** Plans the plaintext entrance to the Service's own cluster, if that has no mesh. Connections can't enter there. */
export function planRemoteEntrance(remote: RemoteService): PlannedEntrance | undefined {
  const { home, service, carries } = remote;
  const gateway = home.eastWestGateway;
  if (carries === "TCP") return undefined;
  if (gateway === undefined || (home.mesh !== Mesh.None && !home.undecided.includes("mesh"))) return undefined;
  return {
    maker: { kind: "RouteTable", name: remote.table },
    part: partOf(remote),
    kind: "plaintext",
    gateway: { fleet: remote.fleet, namespace: gateway.namespace, labels: gateway.labels, port: gateway.port },
    hosts: [remoteServiceHost(remote)],
    ports: [portOf(remote)],
    localHost: serviceHost(service, home),
  };
}
