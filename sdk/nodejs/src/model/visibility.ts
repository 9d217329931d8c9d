import type { ExternalService } from "./external-service.js";
import type { Cluster, Fleet } from "./fleet.js";
import { shareable, shareableService, sharedWith } from "./isolation.js";
import type { VirtualDestination } from "./virtual-destination.js";
import { type OwningWorkspace, ownerOf, type Workspaces } from "./workspace.js";
import type { WorkspaceReference } from "./workspace-reference.js";
import type { Shareable } from "./workspace-settings.js";

/** The point of view from which a destination is looked up. */
interface Where {
  readonly model: Workspaces;
  readonly fleet: Fleet;
  readonly cluster: Cluster;
}

/** Returns the namespaces of a cluster that see a virtual destination. */
export function seersOf(where: Where, name: string, destination: VirtualDestination): readonly string[] {
  return visibleIn(where, destination, shareable(name, destination));
}

/** Returns the namespaces of a cluster that see an external service. */
export function seersOfService(where: Where, name: string, service: ExternalService): readonly string[] {
  return visibleIn(where, service, shareableService(name, service));
}

/** The arguments that determine the visibility of a destination. */
interface Exported {
  readonly workspace?: WorkspaceReference;
  readonly exportTo?: readonly string[];
}

/**
 * Returns the namespaces of a cluster that see a destination: `*` means all, `.` means only the namespace of its
 * objects.
 *
 * An explicit `exportTo` takes precedence. By default, unowned resources are visible to all; a team's resources are
 * visible to its own namespaces, to the workspaces that it exports to, and to the fleet's gateways.
 */
function visibleIn(
  { model, fleet, cluster }: Where,
  { workspace, exportTo }: Exported,
  resource: Shareable,
): readonly string[] {
  if (exportTo !== undefined) return exportTo;
  const owner = ownerOf(model, workspace);
  // a missing workspace has its own finding
  if (owner === undefined) return ["*"];
  const namespaces = namespacesIn(sharedWith(model, owner, resource), cluster.name);
  const all = [...new Set([...namespaces, ...fleet.gatewayNamespaces])].sort();
  // Istio treats an empty list as everybody
  return all.length === 0 ? ["."] : all;
}

/** Returns the namespaces that workspaces own in a cluster. */
function namespacesIn(owners: readonly OwningWorkspace[], cluster: string): readonly string[] {
  return owners
    .flatMap(({ workspace }) => workspace.workloadClusters)
    .flatMap(({ name, namespaces }) => ((name ?? cluster) === cluster ? namespaces : []));
}

/** True if a namespace sees a destination. */
export function isVisible(visible: readonly string[], namespace: string): boolean {
  return visible.includes("*") || visible.includes(namespace);
}
