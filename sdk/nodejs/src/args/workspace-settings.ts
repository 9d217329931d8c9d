import type { WorkspaceReference } from "./reference.js";

/** Kinds of resources that workspaces share. Policies and workloads are never shared. */
export const SharedKind = {
  /** Every kind. */
  All: "ALL",
  /** External services. */
  ExternalService: "EXTERNAL_SERVICE",
  /** Route tables, for others to delegate to. */
  RouteTable: "ROUTE_TABLE",
  /** Kubernetes Services. */
  Service: "SERVICE",
  /** Virtual destinations. */
  VirtualDestination: "VIRTUAL_DESTINATION",
} as const;
export type SharedKind = (typeof SharedKind)[keyof typeof SharedKind];

/** Selects resources that match all fields. */
export interface SharedResourcesArgs {
  /** Kind of the resources. Default `ALL`. */
  kind?: SharedKind;
  /**
   * Labels that a resource must have, all of them; at least one. Kubernetes Services never match, because their labels
   * aren't known. Default: any.
   */
  labels?: { [key: string]: string };
  /** Name of the resource. Default: any. */
  name?: string;
  /**
   * Namespace of the resource; for a virtual destination, the namespace of all its pods. Not with the kind
   * `ROUTE_TABLE`: tables have none and never match. Default: any.
   */
  namespace?: string;
  /** Name of the cluster of a Kubernetes Service. Only with the kind `SERVICE`. Default: any. */
  cluster?: string;
}

/** Resources shared with some workspaces. */
export interface SharingArgs {
  /** The other workspaces; at least one. */
  workspaces: WorkspaceReference[];
  /** Shared resources, selected by any entry; at least one. Default: everything. */
  resources?: SharedResourcesArgs[];
}

/** Isolation from callers of other teams. */
export interface ServiceIsolationArgs {
  /**
   * Isolate the team's namespaces, including plain Services: their pods accept mutual TLS only, and refuse callers of
   * other teams. Admits the team's own namespaces, those of workspaces that it exports Services or virtual destinations
   * of the namespace to, gateways in `gatewayNamespaces` of the fleet, and east-west gateways. Acts on each namespace
   * as a whole, because the pods of a Service are not known; the ports of virtual destinations also refuse the
   * workspaces that they are not exported to. Acts on pods with sidecars (label `security.istio.io/tlsMode: istio`),
   * neither on gateways nor in Istio's root namespace. An older `PeerAuthentication` of a namespace takes precedence.
   */
  enabled: boolean;
}

/** Additional settings of a workspace. */
export interface WorkspaceOptionsArgs {
  /** Isolation from callers of other teams. Default: none. */
  serviceIsolation?: ServiceIsolationArgs;
}

/**
 * Resources that a workspace shares with others. Without settings, it shares nothing.
 *
 * Routes of a workspace may use a resource of another only if the other exports it and their own imports it. Follows
 * `WorkspaceSettings` of Gloo Platform v2.
 */
export interface WorkspaceSettingsArgs {
  /** Workspace that the settings are for: a `Workspace`. */
  workspace: WorkspaceReference;
  /**
   * Resources that the workspace imports from others. An entry can name the settings of another workspace, which
   * Kubernetes Services need. Default: nothing.
   */
  importFrom?: SharingArgs[];
  /** Resources that the workspace exports to others. Default: nothing. */
  exportTo?: SharingArgs[];
  /** Additional settings. Default: none. */
  options?: WorkspaceOptionsArgs;
}
