import { Mesh } from "../args/fleet.js";
import type { ExternalService } from "./external-service.js";
import type { Cluster, Fleet } from "./fleet.js";
import type { VirtualDestination } from "./virtual-destination.js";
import {
  namespacesOf,
  type OwnedNamespace,
  type OwningWorkspace,
  ownerOf,
  ownsNamespace,
  type Workspaces,
} from "./workspace.js";
import { coversPods, isFor, type Shareable, type Sharing, type WorkspaceSettings } from "./workspace-settings.js";

/** Returns a virtual destination as workspaces share it. */
export function shareable(name: string, { services, labels }: VirtualDestination): Shareable {
  return { kind: "VIRTUAL_DESTINATION", name, namespaces: services.map(({ namespace }) => namespace), labels };
}

/** Returns an external service as workspaces share it. */
export function shareableService(name: string, { namespace, labels }: ExternalService): Shareable {
  return { kind: "EXTERNAL_SERVICE", name, namespaces: [namespace], labels };
}

/** Returns the owner of a resource and the workspaces that it exports to, regardless of imports. */
export function sharedWith(model: Workspaces, owner: OwningWorkspace, resource: Shareable): readonly OwningWorkspace[] {
  return exportedTo(model, owner, (sharing) => isFor(sharing, resource));
}

function exportedTo(
  model: Workspaces,
  owner: OwningWorkspace,
  isWanted: (sharing: Sharing) => boolean,
): readonly OwningWorkspace[] {
  const others = (owner.settings?.exportTo ?? [])
    .filter(isWanted)
    .flatMap(({ workspaces }) => workspaces.flatMap((each) => ownerOf(model, each) ?? []));
  return [...new Map([owner, ...others].map((each) => [each.name, each])).values()];
}

/**
 * Returns the workspaces whose callers may reach an isolated destination: its owner, and those it is exported to;
 * undefined if it is not isolated.
 */
export function callersLetIn(
  model: Workspaces,
  name: string,
  destination: VirtualDestination,
): readonly OwningWorkspace[] | undefined {
  const owner = ownerOf(model, destination.workspace);
  if (owner?.settings?.serviceIsolation !== true) return undefined;
  return sharedWith(model, owner, shareable(name, destination));
}

/** A namespace whose pods let in few workspaces only. */
export interface IsolatedNamespace extends OwnedNamespace {
  /** Its owner, and the workspaces that the owner exports something there to. */
  readonly owners: readonly OwningWorkspace[];
  /** Absent if isolation acts there; else the reason why it can't. */
  readonly obstacle?: "no-mesh" | "root";
}

/** Returns the namespaces that a workspace's settings isolate. An unknown mesh counts as Istio. */
export function isolatedNamespaces(
  model: Workspaces,
  settings: WorkspaceSettings,
  fleet: Fleet,
): readonly IsolatedNamespace[] {
  const workspace = model.Workspace.get(settings.workspace);
  if (workspace === undefined || !settings.serviceIsolation) return [];
  const owner: OwningWorkspace = { name: settings.workspace, workspace, settings };
  return namespacesOf(workspace, fleet).map((place) => {
    const { cluster, namespace } = place;
    const owners = exportedTo(model, owner, (sharing) => coversPods(sharing, { cluster: cluster.name, namespace }));
    // a policy of the root namespace acts on every namespace of the mesh
    const obstacle = cluster.mesh === Mesh.None ? "no-mesh" : cluster.rootNamespace === namespace ? "root" : undefined;
    return { ...place, owners, ...(obstacle && { obstacle }) };
  });
}

/** True if an isolated namespace lets in the proxies of a namespace: those of its owners, and of shared gateways. */
export function isLetInto(
  { owners }: IsolatedNamespace,
  { gatewayNamespaces }: Fleet,
  { cluster, namespace }: { readonly cluster: Cluster; readonly namespace: string },
): boolean {
  if (cluster.mesh === Mesh.None) return false;
  return (
    gatewayNamespaces.includes(namespace) ||
    owners.some(({ workspace }) => ownsNamespace(workspace, cluster.name, namespace))
  );
}
