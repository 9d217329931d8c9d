import { Mesh } from "../args/fleet.js";
import { derive } from "../model/deferred.js";
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
      gatewayNamespaces: [
        ...new Set([
          ...fleet.gatewayNamespaces,
          ...(cluster.eastWestGateway ? [cluster.eastWestGateway.namespace] : []),
        ]),
      ],
      network: cluster.network,
      doors: eastWestGatewaysOf(fleet),
      homes: fleet.clusters.map((each) => ({ cluster: each.name, namespaces: namespacesIn(workspace, fleet, each) })),
      ...(cluster.eastWestGateway && {
        eastWest: { namespace: cluster.eastWestGateway.namespace, labels: cluster.eastWestGateway.labels },
      }),
    },
  }));
}

function eastWestGatewaysOf({ clusters }: Fleet): PlannedWorkspaceGuard["doors"] {
  return clusters.flatMap(({ eastWestGateway, mesh, network }) =>
    eastWestGateway === undefined
      ? []
      : [
          {
            addresses: eastWestGateway.addresses,
            network: derive([mesh, network], () => (mesh === Mesh.None ? "" : network)),
          },
        ],
  );
}
