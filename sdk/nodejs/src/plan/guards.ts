import { GuardSubjectKind, type OperatorKind } from "../args/guard.js";
import { dnsName } from "../kube/names.js";
import type { Maker } from "../kube/object.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { authenticatedName, type GuardSubject } from "../model/guard.js";
import type { Listener, VirtualGateway } from "../model/virtual-gateway.js";
import { namespacesOf, type Owner, ownerOf, type Workspace, type Workspaces } from "../model/workspace.js";
import type { WorkspaceReference } from "../model/workspace-reference.js";

/** Some subjects as an API server names them; texts may hold placeholders. */
export interface PlannedSubjects {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** What an API server lets a team write. */
export interface PlannedWorkspaceGuard {
  readonly kind: "workspace";
  readonly maker: Maker;
  /** Whom no guard holds. */
  readonly exempt: PlannedSubjects;
  readonly writers: PlannedSubjects;
  readonly guests: PlannedSubjects;
  readonly namespaces: readonly string[];
  /** Suffixes of Services' names. */
  readonly domains: readonly string[];
  readonly hosts: readonly string[];
  readonly uses: readonly string[];
  readonly exportTo: readonly string[];
  readonly elsewhere: readonly string[];
  readonly stacks?: readonly string[];
  readonly kinds: readonly OperatorKind[];
  /** Namespace and labels of the east-west gateway's proxies; absent where there is none. */
  readonly eastWest?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
}

/** How an API server holds what a gateway allows. */
export interface PlannedGatewayGuard {
  readonly kind: "gateway";
  readonly maker: Maker;
  readonly exempt: PlannedSubjects;
  readonly namespace: string;
  /** Name of the gateway's object. */
  readonly gateway: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Hosts for everybody. */
  readonly open: readonly string[];
  readonly teams: readonly PlannedTeam[];
  /**
   * Namespaces of the teams and of gateways; Istio objects elsewhere are for operators only. Absent where they are
   * not held.
   */
  readonly known?: readonly string[];
}

/** Who may use some hosts of a gateway. */
export interface PlannedTeam {
  readonly name: string;
  readonly writers: PlannedSubjects;
  readonly hosts: readonly string[];
  /** Hosts that its routes may lead to. */
  readonly usable: readonly string[];
}

export type PlannedGuard = PlannedWorkspaceGuard | PlannedGatewayGuard;

/** Plans the guard of a workspace for each cluster in which it has namespaces. */
export function planWorkspaceGuard(
  name: string,
  workspace: Workspace,
  fleet: Fleet,
): { cluster: string; guard: PlannedWorkspaceGuard }[] {
  const { guard } = workspace;
  if (guard === undefined || fleet.guard === undefined) return [];
  const { subjects, guests, ...rest } = guard;
  const exempt = subjectsOf(fleet.guard.operators);
  const clusters = new Set(namespacesOf(workspace, fleet).map(({ cluster }) => cluster));
  return [...clusters].map((cluster) => ({
    cluster: cluster.name,
    guard: {
      kind: "workspace",
      maker: { kind: "Workspace", name },
      exempt,
      writers: subjectsOf(subjects),
      guests: subjectsOf(guests),
      namespaces: namespacesIn(workspace, fleet, cluster),
      domains: [...new Set(fleet.clusters.map(({ clusterDomain }) => clusterDomain))],
      ...rest,
      ...(cluster.eastWestGateway && {
        eastWest: { namespace: cluster.eastWestGateway.namespace, labels: cluster.eastWestGateway.labels },
      }),
    },
  }));
}

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
      open: [...new Set(entries.filter((each) => each.workspaces === undefined).map(({ host }) => host))],
      teams: teamsOf(entries, workspaces, { fleet, cluster }),
      ...(all && { known: knownNamespaces(all, fleet, cluster, namespace) }),
    },
  }));
}

type Entries = Listener["allowedRouteTables"];

function teamsOf(
  entries: Entries,
  workspaces: Workspaces,
  { fleet, cluster }: { readonly fleet: Fleet; readonly cluster: Cluster },
): readonly PlannedTeam[] {
  const owners = ownersOf(
    workspaces,
    entries.flatMap((each) => each.workspaces ?? []),
  );
  return owners.map(({ name, workspace }) => ({
    name,
    writers: subjectsOf(workspace.guard?.subjects ?? []),
    hosts: [
      ...new Set(
        entries
          .filter((each) => ownersOf(workspaces, each.workspaces ?? []).some((owner) => owner.name === name))
          .map(({ host }) => host),
      ),
    ],
    usable: [
      ...serviceHosts(namespacesIn(workspace, fleet, cluster), fleet),
      ...(workspace.guard?.hosts ?? []),
      ...(workspace.guard?.uses ?? []),
    ],
  }));
}

/** Wildcards over the names of a team's Services that have more than one label: a single one depends on who says it. */
function serviceHosts(namespaces: readonly string[], { clusters }: Fleet): readonly string[] {
  const domains = [...new Set(clusters.map(({ clusterDomain }) => `.svc.${clusterDomain}`))];
  return namespaces.flatMap((namespace) => ["", ".svc", ...domains].map((suffix) => `*.${namespace}${suffix}`));
}

/** The workspaces behind references, each once, by their names. */
function ownersOf(workspaces: Workspaces, references: readonly WorkspaceReference[]): readonly Owner[] {
  const found = new Map<string, Owner>();
  for (const reference of references) {
    const owner = ownerOf(workspaces, reference);
    if (owner !== undefined) found.set(owner.name, owner);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function knownNamespaces(owners: readonly Owner[], fleet: Fleet, cluster: Cluster, gateway: string): readonly string[] {
  const theirs = owners.flatMap(({ workspace }) => [
    ...namespacesIn(workspace, fleet, cluster),
    ...(workspace.guard?.elsewhere ?? []),
  ]);
  return [...new Set([gateway, ...theirs])];
}

function namespacesIn(workspace: Workspace, fleet: Fleet, cluster: Cluster): readonly string[] {
  const own = namespacesOf(workspace, fleet).filter((each) => each.cluster.name === cluster.name);
  return own.map(({ namespace }) => namespace);
}

function subjectsOf(subjects: readonly GuardSubject[]): PlannedSubjects {
  const named = (isGroup: boolean) => [
    ...new Set(subjects.filter(({ kind }) => (kind === GuardSubjectKind.Group) === isGroup).map(authenticatedName)),
  ];
  return { users: named(false), groups: named(true) };
}
