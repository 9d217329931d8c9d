import type { WorkspaceGuardArgs } from "./guard.js";
import type { MayClaimArgs } from "./may-claim.js";
import type { FleetReference } from "./reference.js";

/** A namespace. */
export interface WorkspaceNamespaceArgs {
  /** Name of the namespace. */
  name: string;
}

/** Namespaces of one cluster, or of all. */
export interface WorkloadClusterArgs {
  /** Name of the only cluster that is meant. Default: every cluster of the fleet. */
  name?: string;
  /** Namespaces that the team owns there; at least one. */
  namespaces: WorkspaceNamespaceArgs[];
}

/** A team, by the namespaces that it owns. Each namespace belongs to one workspace. Follows `Workspace` of Gloo Platform v2. */
export interface WorkspaceArgs {
  /** The clusters. */
  fleet: FleetReference;
  /** The team's namespaces; at least one entry. */
  workloadClusters: WorkloadClusterArgs[];
  /** What the team's resources may claim besides; the operators' written consent. Default: nothing. */
  mayClaim?: MayClaimArgs;
  /**
   * Secrets and files that the team's resources may have proxies of others use, such as gateways that teams share:
   * names as in `credentialName`, paths as in
   * `clientCertificate`, each with `*` at its end for any rest. It counts once a program declares workspaces. Default:
   * none.
   */
  mayUseSecrets?: string[];
  /** What the API servers of the clusters let the team write; needs `guard` of the fleet. Default: no guard. */
  guard?: WorkspaceGuardArgs;
}
