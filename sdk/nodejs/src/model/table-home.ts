import type { Cluster, Fleet } from "./fleet.js";
import type { RouteTable } from "./route-table.js";
import { namespacesOf, ownerOf, type Workspaces } from "./workspace.js";

/**
 * Returns the namespace for a table's gateway routes in a cluster; undefined for the gateway's own.
 *
 * An explicit namespace takes precedence. The default is the namespace of the table's workspace, if it owns exactly one
 * in the cluster.
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
