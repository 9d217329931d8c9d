import { PeerTlsMode } from "../args/access-policy.js";
import { Mesh } from "../args/fleet.js";
import type { Fleet } from "../model/fleet.js";
import { callersLetIn } from "../model/isolation.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import { namespacesOf, type Workspaces } from "../model/workspace.js";
import type { Guarded } from "./access.js";
import { shapedBy } from "./endpoints.js";
import type { PlannedAccess } from "./planned-access.js";

/** Plans the isolation of a destination from callers of other workspaces. Returns undefined if it is not isolated. */
export function planIsolation(
  workspaces: Workspaces,
  name: string,
  destination: VirtualDestination,
  { guarded, fleet }: { readonly guarded: Guarded; readonly fleet: Fleet },
): PlannedAccess | undefined {
  const owners = callersLetIn(workspaces, name, destination);
  if (owners === undefined) return undefined;
  const identities = owners
    .flatMap(({ workspace }) => namespacesOf(workspace, fleet))
    .filter(({ cluster }) => cluster.mesh !== Mesh.None)
    .map(({ cluster, namespace }) => `${cluster.trustDomain}/ns/${namespace}/sa/*`);
  const ports = [...new Set(guarded.ports)];
  return {
    ...guarded,
    ports,
    tlsMode: PeerTlsMode.Strict,
    allowed: [{ clients: [{ principals: [...new Set(identities)].sort() }], headers: [] }],
    watched: [],
    ...shapedBy([...ports, ...identities, ...fleet.clusters.map(({ mesh }) => mesh)]),
  };
}
