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

/** Resources that fit all fields. */
export interface SharedResourcesArgs {
  /** Kind of the resources. Default `ALL`. */
  kind?: SharedKind;
  /** Labels that a resource must carry, all of them; at least one. Kubernetes Services don't fit, because their labels aren't known. Default: any. */
  labels?: { [key: string]: string };
  /** Name of the resource. Default: any. */
  name?: string;
  /** Namespace of the resource; of a virtual destination that of all its pods. Not with the kind `ROUTE_TABLE`: tables have none and don't fit. Default: any. */
  namespace?: string;
  /** Name of the cluster of a Kubernetes Service. Only with the kind `SERVICE`. Default: any. */
  cluster?: string;
}

/** What is shared with some workspaces. */
export interface SharingArgs {
  /** The other workspaces; at least one. */
  workspaces: WorkspaceReference[];
  /** What is shared: resources that fit any entry; at least one. Default: everything. */
  resources?: SharedResourcesArgs[];
}

/** Keeps callers of other teams away. */
export interface ServiceIsolationArgs {
  /**
   * Isolates the team's namespaces, plain Services included: their pods accept mutual TLS only, and refuse callers of
   * other teams. Lets in the team's own namespaces, those of workspaces that it exports Services or virtual destinations
   * of the namespace to, gateways in `gatewayNamespaces` of the fleet, and east-west gateways. Acts on each namespace
   * as a whole, because the pods of a Service are not known; the ports of virtual destinations also refuse the
   * workspaces that they are not exported to. Acts on pods with sidecars (label `security.istio.io/tlsMode: istio`),
   * neither on gateways nor in Istio's root namespace. An older `PeerAuthentication` of a namespace takes precedence.
   */
  enabled: boolean;
}

/** Further settings of a workspace. */
export interface WorkspaceOptionsArgs {
  /** Whether callers of other teams are kept away. Default: not. */
  serviceIsolation?: ServiceIsolationArgs;
}

/**
 * What a workspace shares with others. Without settings it shares nothing.
 *
 * A resource of one workspace is for routes of another only if it is both exported by its own and imported by the other one. Follows
 * `WorkspaceSettings` of Gloo Platform v2.
 */
export interface WorkspaceSettingsArgs {
  /** The workspace whose settings these are: a `Workspace`. */
  workspace: WorkspaceReference;
  /** What the workspace takes from others. An entry can name the settings of another workspace, which Kubernetes Services need. Default: nothing. */
  importFrom?: SharingArgs[];
  /** What the workspace gives to others. Default: nothing. */
  exportTo?: SharingArgs[];
  /** Further settings. Default: none. */
  options?: WorkspaceOptionsArgs;
}
