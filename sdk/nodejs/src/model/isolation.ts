import type { VirtualDestination } from "./virtual-destination.js";
import { type Owner, ownerOf, type Workspaces } from "./workspace.js";
import { isFor, type Shareable } from "./workspace-settings.js";

/** A virtual destination as workspaces share it. */
export function shareable(name: string, { services, labels }: VirtualDestination): Shareable {
  return { kind: "VIRTUAL_DESTINATION", name, namespaces: services.map(({ namespace }) => namespace), labels };
}

/** The workspaces whose callers an isolated destination lets in: its own, and those that it is exported to; undefined where it is not isolated. */
export function callersLetIn(
  model: Workspaces,
  name: string,
  destination: VirtualDestination,
): readonly Owner[] | undefined {
  const owner = ownerOf(model, destination.workspace);
  if (owner?.settings?.serviceIsolation !== true) return undefined;
  const resource = shareable(name, destination);
  const others = owner.settings.exportTo
    .filter((sharing) => isFor(sharing, resource))
    .flatMap(({ workspaces }) => workspaces.flatMap((each) => ownerOf(model, each) ?? []));
  return [...new Map([owner, ...others].map((each) => [each.name, each])).values()];
}
