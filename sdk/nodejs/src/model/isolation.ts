import type { ExternalService } from "./external-service.js";
import type { VirtualDestination } from "./virtual-destination.js";
import { type OwningWorkspace, ownerOf, type Workspaces } from "./workspace.js";
import { isFor, type Shareable } from "./workspace-settings.js";

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
  const others = (owner.settings?.exportTo ?? [])
    .filter((sharing) => isFor(sharing, resource))
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
