import type { ExternalService } from "./external-service.js";
import type { Cluster, Fleet } from "./fleet.js";
import { shareable, shareableService, sharedWith } from "./isolation.js";
import type { VirtualDestination } from "./virtual-destination.js";
import { type OwningWorkspace, ownerOf, type Workspaces } from "./workspace.js";
import type { WorkspaceReference } from "./workspace-reference.js";
import type { Shareable } from "./workspace-settings.js";

/** Where a destination is looked for. */
interface Where {
  readonly model: Workspaces;
  readonly fleet: Fleet;
  readonly cluster: Cluster;
}

/** The namespaces of a cluster that see a virtual destination. */
export function seersOf(where: Where, name: string, destination: VirtualDestination): readonly string[] {
  return visibleIn(where, destination, shareable(name, destination));
}

/** The namespaces of a cluster that see an external service. */
export function seersOfService(where: Where, name: string, service: ExternalService): readonly string[] {
  return visibleIn(where, service, shareableService(name, service));
}

/** What decides who sees a destination. */
interface Exported {
  readonly workspace?: WorkspaceReference;
  readonly exportTo?: readonly string[];
}

/**
 * The namespaces of a cluster that see a destination: `*` is all of them, `.` is that of its objects alone.
 *
 * What is said counts. Else what belongs to nobody is for all; what a team owns is for its own namespaces, those of the workspaces that it is
 * exported to, and those of the fleet's gateways.
 */
function visibleIn(
  { model, fleet, cluster }: Where,
  { workspace, exportTo }: Exported,
  resource: Shareable,
): readonly string[] {
  if (exportTo !== undefined) return exportTo;
  const owner = ownerOf(model, workspace);
  // a workspace that is missing is reported as such
  if (owner === undefined) return ["*"];
  const namespaces = namespacesIn(sharedWith(model, owner, resource), cluster.name);
  const all = [...new Set([...namespaces, ...fleet.gatewayNamespaces])].sort();
  // Istio takes an empty list for everybody
  return all.length === 0 ? ["."] : all;
}

/** The namespaces that workspaces own in a cluster. */
function namespacesIn(owners: readonly OwningWorkspace[], cluster: string): readonly string[] {
  return owners
    .flatMap(({ workspace }) => workspace.workloadClusters)
    .flatMap(({ name, namespaces }) => ((name ?? cluster) === cluster ? namespaces : []));
}

/** Whether a namespace is among those that see a destination. */
export function isVisible(visible: readonly string[], namespace: string): boolean {
  return visible.includes("*") || visible.includes(namespace);
}
