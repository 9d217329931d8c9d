import type { Cluster, Fleet } from "./fleet.js";
import type { RouteTable } from "./route-table.js";
import { namespacesOf, ownerOf, type Workspaces } from "./workspace.js";

/**
 * The namespace of a cluster in which a table's routes on gateways are written; undefined where that is the gateway's.
 *
 * What is said counts. Else it is that of the table's workspace, where it owns exactly one in the cluster.
 */
export function homeOf(
  model: Workspaces,
  { namespace, workspace }: Pick<RouteTable, "namespace" | "workspace">,
  { fleet, cluster }: { readonly fleet: Fleet; readonly cluster: Cluster },
): string | undefined {
  if (namespace !== undefined) return namespace;
  const owner = ownerOf(model, workspace);
  if (owner === undefined) return undefined;
  const owned = namespacesOf(owner.workspace, fleet).filter((each) => each.cluster.name === cluster.name);
  const [only, ...more] = owned;
  return more.length === 0 ? only?.namespace : undefined;
}
