import type { ClusterPlan, Plan } from "../plan/types.js";

/** Joins the plans of a program's resources into one. */
export function joinPlans(plans: readonly Plan[]): Plan {
  const byName = new Map<string, ClusterPlan[]>();
  for (const cluster of plans.flatMap(({ clusters }) => clusters)) {
    const others = byName.get(cluster.cluster);
    if (others === undefined) byName.set(cluster.cluster, [cluster]);
    else others.push(cluster);
  }
  const names = [...byName.keys()].sort();
  return { clusters: names.map((name) => joinClusters(name, byName.get(name) ?? [])) };
}

function joinClusters(cluster: string, parts: readonly ClusterPlan[]): ClusterPlan {
  const sidecarTables = parts.flatMap((part) => part.sidecarTables ?? []);
  const trims = parts.flatMap((part) => part.trims ?? []);
  const isolated = parts.flatMap((part) => part.isolated ?? []);
  const guards = parts.flatMap((part) => part.guards ?? []);
  return {
    cluster,
    trustDomain: parts.map(({ trustDomain }) => trustDomain).find((each) => each !== "") ?? "",
    gateways: parts.flatMap(({ gateways }) => gateways),
    routeTables: parts.flatMap(({ routeTables }) => routeTables),
    ...(sidecarTables.length > 0 && { sidecarTables }),
    destinations: parts.flatMap(({ destinations }) => destinations),
    externalServices: parts.flatMap(({ externalServices }) => externalServices),
    eastWestGateways: parts.flatMap(({ eastWestGateways }) => eastWestGateways),
    entrances: parts.flatMap(({ entrances }) => entrances),
    ...(trims.length > 0 && { trims }),
    ...(isolated.length > 0 && { isolated }),
    ...(guards.length > 0 && { guards }),
  };
}
