import { dnsName } from "../kube/names.js";
import { derive } from "../model/deferred.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { type Listener, sortServedBy, type VirtualGateway } from "../model/virtual-gateway.js";
import { type OwningWorkspace, ownerOf, type Workspaces } from "../model/workspace.js";
import type { WorkspaceReference } from "../model/workspace-reference.js";
import { namespacesIn, type PlannedGatewayGuard, type PlannedGuardedListener, subjectsOf } from "./guards.js";

/** Plans the guard of a gateway for each of its clusters. */
export function planGatewayGuard(
  name: string,
  gateway: VirtualGateway,
  { fleet, workspaces }: { readonly fleet: Fleet; readonly workspaces: Workspaces },
): { cluster: string; guard: PlannedGatewayGuard }[] {
  const { guard, listeners, namespace, workloads } = gateway;
  if (guard === undefined || fleet.guard === undefined) return [];
  const own = ownerOf(workspaces, gateway.workspace)?.workspace.guard?.subjects ?? [];
  const entries = listeners.flatMap(({ allowedRouteTables }) => allowedRouteTables);
  const owners = ownersOf(
    workspaces,
    entries.flatMap((each) => each.workspaces ?? []),
  );
  const all = guard.workspaces && ownersOf(workspaces, guard.workspaces);
  return clustersNamed(fleet, gateway.clusters).map((cluster) => ({
    cluster: cluster.name,
    guard: {
      kind: "gateway",
      maker: { kind: "VirtualGateway", name },
      exempt: subjectsOf([...(fleet.guard?.operators ?? []), ...own]),
      namespace,
      gateway: dnsName(name),
      labels: workloads.labels,
      listeners: listeners.map((listener) => planListener(listener, workspaces)),
      teams: owners.map(({ name, workspace }) => ({
        name,
        writers: subjectsOf(workspace.guard?.subjects ?? []),
        usable: [
          ...serviceHosts(namespacesIn(workspace, fleet, cluster), fleet),
          ...(workspace.guard?.hosts ?? []),
          ...(workspace.guard?.uses ?? []),
        ],
      })),
      ...(all && { known: knownNamespaces(all, fleet, cluster, namespace) }),
    },
  }));
}

/** Plans which teams may use a listener's hosts. Table labels are ignored: teams set them themselves. */
function planListener(listener: Listener, workspaces: Workspaces): PlannedGuardedListener {
  const { allowedRouteTables, httpsRedirect, port, protocol, targetPort, tls } = listener;
  return {
    sort: derive([protocol, tls?.mode, httpsRedirect], () =>
      httpsRedirect === true ? "none" : (sortServedBy(listener) ?? "none"),
    ),
    ports: [port, targetPort],
    allowed: allowedRouteTables.map((each) => ({
      host: each.host,
      ...(each.workspaces && { teams: ownersOf(workspaces, each.workspaces).map(({ name }) => name) }),
    })),
  };
}

/**
 * Returns wildcards for a team's Service names of more than one label. A bare name depends on the caller's namespace.
 */
function serviceHosts(namespaces: readonly string[], { clusters }: Fleet): readonly string[] {
  const domains = [...new Set(clusters.map(({ clusterDomain }) => `.svc.${clusterDomain}`))];
  return namespaces.flatMap((namespace) => ["", ".svc", ...domains].map((suffix) => `*.${namespace}${suffix}`));
}

/** Returns the workspaces that references resolve to, deduplicated and sorted by name. */
function ownersOf(workspaces: Workspaces, references: readonly WorkspaceReference[]): readonly OwningWorkspace[] {
  const found = new Map<string, OwningWorkspace>();
  for (const reference of references) {
    const owner = ownerOf(workspaces, reference);
    if (owner !== undefined) found.set(owner.name, owner);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function knownNamespaces(
  owners: readonly OwningWorkspace[],
  fleet: Fleet,
  cluster: Cluster,
  gateway: string,
): readonly string[] {
  const theirs = owners.flatMap(({ workspace }) => [
    ...namespacesIn(workspace, fleet, cluster),
    ...(workspace.guard?.elsewhere ?? []),
  ]);
  return [...new Set([gateway, ...theirs])];
}
