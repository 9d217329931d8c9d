import type { Input } from "./input.js";
import type {
  ExternalServiceReference,
  FleetReference,
  VirtualDestinationReference,
  WorkspaceReference,
} from "./reference.js";

/** Selects workloads with sidecars. */
export interface TrimmedWorkloadsArgs {
  /** Namespace of the workloads. */
  namespace: string;
  /**
   * Labels of the pods, all of which must match; at least one. Default: every pod of the namespace that no other policy
   * selects by labels.
   */
  labels?: { [key: string]: string };
  /** Names of the clusters that the workloads run in. Default: all clusters of the fleet. */
  clusters?: string[];
}

/** A Kubernetes Service in the workloads' own cluster. */
export interface IncludedServiceArgs {
  /** Name of the Service. */
  name: Input<string>;
  /** Namespace of the Service. */
  namespace: Input<string>;
}

/** Destination that workloads call. Exactly one of `service`, `virtualDestination` and `externalService`. */
export interface IncludedDestinationArgs {
  /** A Kubernetes Service in the workloads' own cluster. */
  service?: IncludedServiceArgs;
  /** A virtual destination, on all its hosts. */
  virtualDestination?: VirtualDestinationReference;
  /** An external service, on all its hosts. */
  externalService?: ExternalServiceReference;
}

/**
 * Limits the destinations that the sidecars of some workloads know. Follows `TrimProxyConfigPolicy` of Gloo Platform
 * v2.
 */
export interface TrimProxyConfigPolicyArgs {
  /** Fleet that the workloads belong to. */
  fleet: FleetReference;
  /**
   * Workspace of the team that owns the workloads' namespace. Default: none; the namespace is then one that no
   * workspace owns.
   */
  workspace?: WorkspaceReference;
  /** Workloads whose sidecars are trimmed; gateways never are. */
  workloads: TrimmedWorkloadsArgs;
  /** The only destinations that these sidecars know. At least one. */
  includedDestinations: IncludedDestinationArgs[];
}
