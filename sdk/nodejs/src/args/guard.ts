import type { Input } from "./input.js";
import type { WorkspaceReference } from "./reference.js";

/** Kinds of subjects that write to an API server, as in RBAC. */
export const GuardSubjectKind = {
  /** A group of users. */
  Group: "Group",
  /** A service account, such as that of a delivery pipeline. */
  ServiceAccount: "ServiceAccount",
  /** A user. */
  User: "User",
} as const;
export type GuardSubjectKind = (typeof GuardSubjectKind)[keyof typeof GuardSubjectKind];

/** Someone who writes to an API server, as its authentication names them. */
export interface GuardSubjectArgs {
  /** Kind of the subject. */
  kind: GuardSubjectKind;
  /** Name of the user, the group or the service account. */
  name: Input<string>;
  /** Namespace of the service account. Required for service accounts, refused for others. */
  namespace?: Input<string>;
}

/**
 * Istio kinds that only operators write, unless a team's guard lists them. Kinds of Istio's that are in neither list,
 * such as those of later versions, are for operators only.
 */
export const OperatorKind = {
  /** Any change to the proxies of the team's pods. */
  EnvoyFilter: "EnvoyFilter",
  /** Ports of gateway proxies of the team's own, never of another's. */
  Gateway: "Gateway",
  /** Settings of the proxies of the team's pods, by their next start. */
  ProxyConfig: "ProxyConfig",
  /** Programs in the proxies of the team's pods, in the form that takes the place of WasmPlugin. */
  TrafficExtension: "TrafficExtension",
  /** Programs in the proxies of the team's pods. */
  WasmPlugin: "WasmPlugin",
} as const;
export type OperatorKind = (typeof OperatorKind)[keyof typeof OperatorKind];

/** Who runs the clusters of a fleet; the guards of its workspaces and gateways hold everybody else. */
export interface FleetGuardArgs {
  /** Subjects that no guard holds: the operators, and whoever runs their stacks; at least one. */
  operators: GuardSubjectArgs[];
}

/** What the API servers of a workspace's clusters let its team write. */
export interface WorkspaceGuardArgs {
  /**
   * Subjects that write for the team; at least one. Nobody else but operators may write Istio objects in the team's
   * namespaces.
   */
  subjects: GuardSubjectArgs[];
  /**
   * Subjects of other teams who may write routes of gateways in the team's namespaces, held by the guards of these
   * gateways. Default: none.
   */
  guests?: GuardSubjectArgs[];
  /**
   * Hosts of the team beside those of its Services, such as `*.shop.global`: its destinations, external services and
   * routes. Default: none.
   */
  hosts?: Input<string>[];
  /** Hosts of others that the team may route to, and route or tune for callers in its own namespaces. Default: none. */
  uses?: Input<string>[];
  /** Namespaces that the team's objects may be exported to beside its own; `*` for all. Default: none. */
  exportTo?: Input<string>[];
  /** Namespaces of others in which the team's subjects write as well, under the guards there. Default: none. */
  elsewhere?: Input<string>[];
  /**
   * Stacks whose objects are the team's, as `ORGANIZATION/PROJECT/STACK`. Default: any, but an object never changes
   * from one to another.
   */
  stacks?: Input<string>[];
  /** Kinds that the team may write although they are for operators by default. Default: none. */
  kinds?: OperatorKind[];
}

/** How the API servers of a gateway's clusters hold what `allowedRouteTables` says. */
export interface GatewayGuardArgs {
  /**
   * All teams of the gateway's clusters; Istio objects in namespaces of nobody are then for operators only. Default:
   * such namespaces are not held.
   */
  workspaces?: WorkspaceReference[];
}
