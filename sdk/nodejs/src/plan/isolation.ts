import { PeerTlsMode } from "../args/access-policy.js";
import { Mesh } from "../args/fleet.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { callersLetIn, isolatedNamespaces } from "../model/isolation.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import { namespacesOf, type OwningWorkspace, type Workspaces } from "../model/workspace.js";
import type { WorkspaceSettings } from "../model/workspace-settings.js";
import type { Guarded } from "./access.js";
import { shapedBy } from "./endpoints.js";
import type { PlannedAccess, PlannedIsolation } from "./planned-access.js";

/** Plans the isolation of a destination from callers of other workspaces. Returns undefined if it is not isolated. */
export function planIsolation(
  workspaces: Workspaces,
  name: string,
  destination: VirtualDestination,
  { guarded, fleet }: { readonly guarded: Guarded; readonly fleet: Fleet },
): PlannedAccess | undefined {
  const owners = callersLetIn(workspaces, name, destination);
  if (owners === undefined) return undefined;
  const identities = identitiesOf(owners, fleet);
  const ports = [...new Set(guarded.ports)];
  return {
    ...guarded,
    ports,
    tlsMode: PeerTlsMode.Strict,
    ...lettingIn(identities, fleet, ports),
    watched: [],
  };
}

/** Plans the isolation of a workspace's namespaces, whatever their pods are there for. */
export function planNamespaceIsolation(
  name: string,
  settings: WorkspaceSettings,
  { workspaces, fleet }: { readonly workspaces: Workspaces; readonly fleet: Fleet },
): { cluster: string; isolation: PlannedIsolation }[] {
  const shared = [...gatewaysOf(fleet), ...eastWestGatewaysOf(fleet)];
  return isolatedNamespaces(workspaces, settings, fleet)
    .filter(
      // objects are kept for every outcome
      ({ cluster, obstacle }) => obstacle === undefined || (obstacle === "no-mesh" && isUndecided(cluster)),
    )
    .map(({ cluster, namespace, owners }) => ({
      cluster: cluster.name,
      isolation: {
        maker: { kind: "WorkspaceSettings", name },
        namespace,
        ...lettingIn([...identitiesOf(owners, fleet), ...shared], fleet),
      },
    }));
}

function isUndecided({ undecided }: Cluster): boolean {
  return undecided.includes("mesh");
}

/** Admits callers by identity. Duplicates are removed, so the number of identities may not be known yet. */
function lettingIn(
  identities: readonly string[],
  fleet: Fleet,
  more: readonly unknown[] = [],
): Omit<PlannedIsolation, "maker" | "namespace"> {
  return {
    allowed: [{ clients: [{ principals: [...new Set(identities)].sort() }], headers: [] }],
    ...shapedBy([...more, ...identities, ...fleet.clusters.map(({ mesh }) => mesh)]),
  };
}

function identitiesOf(owners: readonly OwningWorkspace[], fleet: Fleet): readonly string[] {
  return owners
    .flatMap(({ workspace }) => namespacesOf(workspace, fleet))
    .filter(({ cluster }) => cluster.mesh !== Mesh.None)
    .map(({ cluster, namespace }) => everyoneOf(cluster, namespace));
}

/** The gateways that teams share, through which routes lead to what a workspace owns. */
function gatewaysOf({ clusters, gatewayNamespaces }: Fleet): readonly string[] {
  return clusters
    .filter(({ mesh }) => mesh !== Mesh.None)
    .flatMap((cluster) => gatewayNamespaces.map((namespace) => everyoneOf(cluster, namespace)));
}

/** East-west gateways, which show their own identity where they terminate TLS. */
function eastWestGatewaysOf({ clusters }: Fleet): readonly string[] {
  return clusters.flatMap(({ eastWestGateway, mesh, trustDomain }) =>
    eastWestGateway === undefined || mesh === Mesh.None
      ? []
      : [`${trustDomain}/ns/${eastWestGateway.namespace}/sa/${eastWestGateway.serviceAccount}`],
  );
}

function everyoneOf({ trustDomain }: Cluster, namespace: string): string {
  return `${trustDomain}/ns/${namespace}/sa/*`;
}
