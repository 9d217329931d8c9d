import { GuardSubjectKind } from "../args/guard.js";
import type { Maker } from "../kube/object.js";
import type { Leaf } from "../model/deferred.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { authenticatedName, type GuardSubject, type WorkspaceGuard } from "../model/guard.js";
import type { RouteSort } from "../model/virtual-gateway.js";
import { namespacesOf, type Workspace } from "../model/workspace.js";

/** Subjects as an API server names them; names may contain placeholders. */
export interface PlannedSubjects {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** The objects that an API server lets a team write. */
export interface PlannedWorkspaceGuard extends Omit<WorkspaceGuard, "subjects" | "guests"> {
  readonly kind: "workspace";
  readonly maker: Maker;
  /** Subjects that no guard restricts. */
  readonly exempt: PlannedSubjects;
  readonly writers: PlannedSubjects;
  readonly guests: PlannedSubjects;
  readonly namespaces: readonly string[];
  /** Cluster domains that Service names end in. */
  readonly domains: readonly string[];
  /** Namespaces of gateways, which everyone exports to. */
  readonly gatewayNamespaces: readonly string[];
  /** The cluster's network. */
  readonly network: string;
  /** The fleet's east-west gateways: their addresses, and the network behind them; empty for plaintext. */
  readonly doors: readonly { readonly addresses: readonly string[]; readonly network: string }[];
  /** The namespaces that the team owns in each cluster of the fleet. */
  readonly homes: readonly { readonly cluster: string; readonly namespaces: readonly string[] }[];
  /** Namespace and labels of the east-west gateway's proxies; absent where there is none. */
  readonly eastWest?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
}

/** The limits of a gateway's hosts that an API server enforces. */
export interface PlannedGatewayGuard {
  readonly kind: "gateway";
  readonly maker: Maker;
  readonly exempt: PlannedSubjects;
  readonly namespace: string;
  /** Name of the Gateway object. */
  readonly gateway: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly listeners: readonly PlannedGuardedListener[];
  readonly teams: readonly PlannedTeam[];
  /**
   * Namespaces of the teams and of gateways; only operators may write Istio objects elsewhere. Absent if other
   * namespaces are not guarded.
   */
  readonly known?: readonly string[];
}

/** A listener, and the teams that may use its hosts. */
export interface PlannedGuardedListener {
  /** The kind of routes that it serves; `none` if it redirects all requests. */
  readonly sort: Leaf<RouteSort | "none">;
  /** Its port as clients see it and as proxies bind it: a match may name either. */
  readonly ports: readonly Leaf<number>[];
  readonly allowed: readonly PlannedHost[];
}

/** A host of a listener. */
export interface PlannedHost {
  readonly host: string;
  /** Names of the teams that may use it; absent if everyone may. */
  readonly teams?: readonly string[];
}

/** A team that uses a gateway. */
export interface PlannedTeam {
  readonly name: string;
  readonly writers: PlannedSubjects;
  /** Hosts that its routes may forward to. */
  readonly usable: readonly string[];
}

export type PlannedGuard = PlannedWorkspaceGuard | PlannedGatewayGuard;

/** The namespaces that a workspace has in a cluster. */
export function namespacesIn(workspace: Workspace, fleet: Fleet, cluster: Cluster): readonly string[] {
  const own = namespacesOf(workspace, fleet).filter((each) => each.cluster.name === cluster.name);
  return own.map(({ namespace }) => namespace);
}

/** Returns subjects by their names on the API server. */
export function subjectsOf(subjects: readonly GuardSubject[]): PlannedSubjects {
  const named = (isGroup: boolean) => [
    ...new Set(subjects.filter(({ kind }) => (kind === GuardSubjectKind.Group) === isGroup).map(authenticatedName)),
  ];
  return { users: named(false), groups: named(true) };
}
