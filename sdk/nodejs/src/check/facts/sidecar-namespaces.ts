import { Mesh } from "../../args/fleet.js";
import type { Cluster, Fleet } from "../../model/fleet.js";
import type { CheckContext } from "../rule.js";
import { clustersOf, sidecarClusters } from "./callers.js";

/** The namespaces that see a destination in one cluster. */
export interface Seers {
  /** The name of the fleet. */
  readonly name: string;
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  /** The namespaces, `*` for all, and `.` for those of the destination. */
  readonly namespaces: readonly string[];
  /** The namespaces of the destination. */
  readonly home: readonly string[];
  /** True if the destination lists its namespaces, rather than its workspace. */
  readonly isListed: boolean;
}

/**
 * Returns the namespaces whose pods have sidecars among those that see a destination; `*` stands for all.
 *
 * Of listed namespaces only those count where the program has backends or callers with sidecars; of a workspace's, all
 * without gateways.
 */
export function sidecarsAmong(context: CheckContext, { namespaces, home, ...where }: Seers): readonly string[] {
  const { cluster } = where;
  // without a mesh there are gateways only
  if (cluster.mesh === Mesh.None || cluster.undecided.includes("mesh")) return [];
  if (namespaces.includes("*")) return ["*"];
  const named = namespaces.flatMap((namespace) => (namespace === "." ? home : [namespace]));
  const certain = sidecarNamespaces(context, where);
  if (where.isListed) return named.filter((namespace) => certain.has(namespace));
  const gateways = gatewayNamespaces(context, where);
  return named.filter((namespace) => certain.has(namespace) || !gateways.has(namespace));
}

type Where = Pick<Seers, "name" | "fleet" | "cluster">;

/** Returns the namespaces with gateways. */
function gatewayNamespaces(context: CheckContext, { name, fleet, cluster }: Where): ReadonlySet<string> {
  const gateways = [...context.model.VirtualGateway.values()].filter(
    (gateway) => gateway.fleet === name && isAmong(cluster, clustersOf(context, gateway)),
  );
  const eastWest = cluster.eastWestGateway === undefined ? [] : [cluster.eastWestGateway.namespace];
  return new Set([...gateways.map(({ namespace }) => namespace), ...fleet.gatewayNamespaces, ...eastWest]);
}

/** Returns the namespaces with backends of virtual destinations, or with callers of tables for sidecars. */
function sidecarNamespaces(context: CheckContext, { name, cluster }: Where): ReadonlySet<string> {
  const { model } = context;
  const steered = [...model.RouteTable.values()]
    .filter((table) => table.fleet === name && isAmong(cluster, sidecarClusters(context, table)))
    .flatMap(({ sidecars }) => sidecars?.namespaces ?? []);
  const backends = [...model.VirtualDestination.values()]
    .filter(({ fleet }) => fleet === name)
    .flatMap(({ services }) => services.filter((each) => (each.cluster ?? cluster.name) === cluster.name))
    .map(({ namespace }) => namespace);
  return new Set([...steered, ...backends]);
}

function isAmong({ name }: Cluster, clusters: readonly Cluster[]): boolean {
  return clusters.some((each) => each.name === name);
}
