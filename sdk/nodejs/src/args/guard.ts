import type { Input } from "./input.js";
import type { WorkspaceReference } from "./reference.js";

/** Kinds of subjects that write to an API server, as in RBAC. */
export const GuardSubjectKind = {
  /** A group of users. */
  Group: "Group",
  /** A service account, such as a delivery pipeline's. */
  ServiceAccount: "ServiceAccount",
  /** A user. */
  User: "User",
} as const;
export type GuardSubjectKind = (typeof GuardSubjectKind)[keyof typeof GuardSubjectKind];

/** A subject that writes to an API server, as authentication identifies it. */
export interface GuardSubjectArgs {
  /** Kind of the subject. */
  kind: GuardSubjectKind;
  /** Name of the user, the group or the service account. */
  name: Input<string>;
  /** Namespace of the service account. Required for service accounts, rejected for others. */
  namespace?: Input<string>;
}

/**
 * Istio kinds that only operators may write, unless a team's guard lists them. Kinds that Meshway doesn't know, such as
 * those of later Istio versions, are for operators only.
 */
export const OperatorKind = {
  /** Arbitrary changes to the proxies of the team's pods. */
  EnvoyFilter: "EnvoyFilter",
  /** Ports of the team's own gateway proxies, never of another team's. */
  Gateway: "Gateway",
  /** Settings of the proxies of the team's pods, applied at their next start. */
  ProxyConfig: "ProxyConfig",
  /** Extensions that run in the proxies of the team's pods; the replacement for WasmPlugin. */
  TrafficExtension: "TrafficExtension",
  /** Extensions that run in the proxies of the team's pods. */
  WasmPlugin: "WasmPlugin",
} as const;
export type OperatorKind = (typeof OperatorKind)[keyof typeof OperatorKind];

/** Operators of a fleet's clusters; the guards of its workspaces and gateways restrict everyone else. */
export interface FleetGuardArgs {
  /** Subjects that no guard restricts: the operators, and whoever runs their stacks; at least one. */
  operators: GuardSubjectArgs[];
}

/** Limits what the API servers of a workspace's clusters let its team write. */
export interface WorkspaceGuardArgs {
  /**
   * Subjects that write for the team; at least one. Nobody else except operators may write Istio objects in the team's
   * namespaces.
   */
  subjects: GuardSubjectArgs[];
  /**
   * Subjects of other teams that may write routes of gateways in the team's namespaces, restricted by the guards of
   * these gateways. Default: none.
   */
  guests?: GuardSubjectArgs[];
  /**
   * Hosts of the team besides those of its Services, such as `*.shop.global`: its destinations, external services and
   * routes. Default: none.
   */
  hosts?: Input<string>[];
  /**
   * Hosts of other teams that the team may route to, and that it may route or tune for callers in its own namespaces.
   * Default: none.
   */
  uses?: Input<string>[];
  /** Namespaces that the team's objects may be exported to besides its own; `*` for all. Default: none. */
  exportTo?: Input<string>[];
  /** Namespaces of other teams in which the team's subjects also write, under the guards there. Default: none. */
  elsewhere?: Input<string>[];
  /**
   * Stacks whose objects belong to the team, as `ORGANIZATION/PROJECT/STACK`. Default: any, but an object never moves
   * from one to another.
   */
  stacks?: Input<string>[];
  /** Operator-only kinds that the team may write. Default: none. */
  kinds?: OperatorKind[];
}

/** Enforces `allowedRouteTables` in the API servers of a gateway's clusters. */
export interface GatewayGuardArgs {
  /**
   * All teams of the gateway's clusters; Istio objects in namespaces that no team owns are then for operators only.
   * Default: such namespaces are unrestricted.
   */
  workspaces?: WorkspaceReference[];
}
