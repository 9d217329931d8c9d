import type { Fleet } from "../model/fleet.js";
import { namespacesOf, type Workspace } from "../model/workspace.js";
import { namespacesIn, type PlannedWorkspaceGuard, subjectsOf } from "./guards.js";

/** Plans the guard of a workspace for each cluster in which it has namespaces. */
export function planWorkspaceGuard(
  name: string,
  workspace: Workspace,
  fleet: Fleet,
): { cluster: string; guard: PlannedWorkspaceGuard }[] {
  const { guard } = workspace;
  if (guard === undefined || fleet.guard === undefined) return [];
  const { subjects, guests, ...rest } = guard;
  const exempt = subjectsOf(fleet.guard.operators);
  const clusters = new Set(namespacesOf(workspace, fleet).map(({ cluster }) => cluster));
  return [...clusters].map((cluster) => ({
    cluster: cluster.name,
    guard: {
      kind: "workspace",
      maker: { kind: "Workspace", name },
      exempt,
      writers: subjectsOf(subjects),
      guests: subjectsOf(guests),
      namespaces: namespacesIn(workspace, fleet, cluster),
      domains: [...new Set(fleet.clusters.map(({ clusterDomain }) => clusterDomain))],
      ...rest,
      ...(cluster.eastWestGateway && {
        eastWest: { namespace: cluster.eastWestGateway.namespace, labels: cluster.eastWestGateway.labels },
      }),
    },
  }));
}
