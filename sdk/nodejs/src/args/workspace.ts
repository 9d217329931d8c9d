import type { WorkspaceGuardArgs } from "./guard.js";
import type { MayClaimArgs } from "./may-claim.js";
import type { FleetReference } from "./reference.js";

/** A namespace. */
export interface WorkspaceNamespaceArgs {
  /** Name of the namespace. */
  name: string;
}

/** Namespaces in one cluster, or in all. */
export interface WorkloadClusterArgs {
  /** Name of the one cluster. Default: every cluster of the fleet. */
  name?: string;
  /** Namespaces that the team owns in it; at least one. */
  namespaces: WorkspaceNamespaceArgs[];
}

/**
 * A team, defined by the namespaces that it owns. Each namespace belongs to one workspace. Follows `Workspace` of Gloo
 * Platform v2.
 */
export interface WorkspaceArgs {
  /** Fleet whose clusters have the namespaces. */
  fleet: FleetReference;
  /** The team's namespaces; at least one entry. */
  workloadClusters: WorkloadClusterArgs[];
  /** Claims that the team's resources may make beyond what it owns; the operators' written consent. Default: none. */
  mayClaim?: MayClaimArgs;
  /**
   * Secrets and files that the team's resources may make proxies of others use, such as gateways that teams share:
   * names as in `credentialName`, paths as in `clientCertificate`, each with `*` at the end for any rest. Takes effect
   * once a program declares workspaces. Default: none.
   */
  mayUseSecrets?: string[];
  /** Limits what the clusters' API servers let the team write; requires the fleet's `guard`. Default: no guard. */
  guard?: WorkspaceGuardArgs;
}
