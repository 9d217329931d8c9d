import { GuardSubjectKind } from "../args/guard.js";
import type { Maker } from "../kube/object.js";
import type { Leaf } from "../model/deferred.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { authenticatedName, type GuardSubject, type WorkspaceGuard } from "../model/guard.js";
import type { RouteSort } from "../model/virtual-gateway.js";
import { namespacesOf, type Workspace } from "../model/workspace.js";

/** Some subjects as an API server names them; texts may hold placeholders. */
export interface PlannedSubjects {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** What an API server lets a team write. */
export interface PlannedWorkspaceGuard extends Omit<WorkspaceGuard, "subjects" | "guests"> {
  readonly kind: "workspace";
  readonly maker: Maker;
  /** Whom no guard holds. */
  readonly exempt: PlannedSubjects;
  readonly writers: PlannedSubjects;
  readonly guests: PlannedSubjects;
  readonly namespaces: readonly string[];
  /** Suffixes of Services' names. */
  readonly domains: readonly string[];
  /** Namespaces of gateways, which everybody exports to. */
  readonly gatewayNamespaces: readonly string[];
  /** The cluster's network. */
  readonly network: string;
  /** East-west gateways of the fleet: their addresses, and the network behind them; an empty text for plaintext. */
  readonly doors: readonly { readonly addresses: readonly string[]; readonly network: string }[];
  /** The namespaces that the team owns in each cluster of the fleet. */
  readonly homes: readonly { readonly cluster: string; readonly namespaces: readonly string[] }[];
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
  readonly listeners: readonly PlannedGuardedListener[];
  readonly teams: readonly PlannedTeam[];
  /**
   * Namespaces of the teams and of gateways; Istio objects elsewhere are for operators only. Absent where they are
   * not held.
   */
  readonly known?: readonly string[];
}

/** Whom a listener gives its hosts to. */
export interface PlannedGuardedListener {
  /** The kind of routes that it serves; `none` where it redirects all requests. */
  readonly sort: Leaf<RouteSort | "none">;
  /** Its port, as clients use it and as proxies bind it: the text of a match may name either. */
  readonly ports: readonly Leaf<number>[];
  readonly allowed: readonly PlannedHost[];
}

/** A host of a listener. */
export interface PlannedHost {
  readonly host: string;
  /** Teams by their names; absent where it is for everybody. */
  readonly teams?: readonly string[];
}

/** A team at a gateway. */
export interface PlannedTeam {
  readonly name: string;
  readonly writers: PlannedSubjects;
  /** Hosts that its routes may lead to. */
  readonly usable: readonly string[];
}

export type PlannedGuard = PlannedWorkspaceGuard | PlannedGatewayGuard;

/** The namespaces of a workspace in a cluster. */
export function namespacesIn(workspace: Workspace, fleet: Fleet, cluster: Cluster): readonly string[] {
  const own = namespacesOf(workspace, fleet).filter((each) => each.cluster.name === cluster.name);
  return own.map(({ namespace }) => namespace);
}

/** Subjects by the names that an API server has for them. */
export function subjectsOf(subjects: readonly GuardSubject[]): PlannedSubjects {
  const named = (isGroup: boolean) => [
    ...new Set(subjects.filter(({ kind }) => (kind === GuardSubjectKind.Group) === isGroup).map(authenticatedName)),
  ];
  return { users: named(false), groups: named(true) };
}
