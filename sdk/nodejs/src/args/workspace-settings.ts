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
   * Make the team's virtual destinations accept mutual TLS only, from its own namespaces and those of workspaces that
   * they are exported to.
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
