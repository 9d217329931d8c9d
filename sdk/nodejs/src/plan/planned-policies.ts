import type { Leaf } from "../model/deferred.js";
import { distributes, type FailoverPolicy } from "../model/failover-policy.js";
import type { Cluster, Fleet, Locality } from "../model/fleet.js";
import type { OutlierDetectionPolicy } from "../model/outlier-detection-policy.js";
import { listedPolicies, type Policies } from "../model/policy.js";
import { backendClusters, isFlat } from "../model/topology.js";
import type { VirtualDestination } from "../model/virtual-destination.js";

/** What callers in one cluster do about endpoints that fail, and which they prefer. */
export interface PlannedPolicies {
  readonly outlierDetection?: OutlierDetectionPolicy;
  readonly preference: Preference;
  /** Where the callers' cluster is. */
  readonly caller?: Locality;
  /** Clusters whose pods callers reach directly, and where they are; the callers' own comes first. */
  readonly near: readonly NearCluster[];
}

/** A cluster whose pods callers reach directly. */
export interface NearCluster {
  readonly cluster: string;
  readonly locality?: Locality;
}

/** Which endpoints come first. Only a distribution holds without outlier detection. */
export type Preference =
  /** Those that have most of sub-zone, zone and region in common with the caller. */
  | { readonly kind: "nearest" }
  /** As `nearest`; of other regions, the one that the caller's leads to comes first. */
  | { readonly kind: "regions"; readonly regions: readonly { readonly from: string; readonly to: string }[] }
  /** Those that have the most important labels in common with the caller, or with the values given. */
  | { readonly kind: "labels"; readonly labels: readonly string[] }
  /** None: requests of a place are spread by percent; places that are not listed get none. */
  | { readonly kind: "distribution"; readonly mappings: readonly Distribution[] };

/** How the requests of one place are spread. Weights add up to 100. */
export interface Distribution {
  readonly from: Locality;
  readonly to: readonly (Locality & { readonly weight: Leaf<number> })[];
}

/** Plans the policies of a virtual destination for callers in one cluster; undefined where it has none. */
export function planPolicies(
  policies: Policies,
  destination: VirtualDestination,
  caller: Cluster,
  fleet: Fleet,
): PlannedPolicies | undefined {
  const [failover] = listedPolicies(policies, destination.policies, "FailoverPolicy");
  const outlierDetection = outlierDetectionOf(policies, destination);
  if (failover === undefined && outlierDetection === undefined) return undefined;
  return {
    ...(outlierDetection && { outlierDetection }),
    preference: failover === undefined ? { kind: "nearest" } : preferenceOf(failover.value),
    ...(caller.locality && { caller: caller.locality }),
    near: nearClusters(destination, caller, fleet),
  };
}

/** The clusters with backends on the caller's network, its own first. */
export function nearClusters(destination: VirtualDestination, caller: Cluster, fleet: Fleet): readonly NearCluster[] {
  const reached = backendClusters(destination, fleet).filter((backend) => isFlat(caller, backend));
  const inOrder = [
    ...reached.filter(({ name }) => name === caller.name),
    ...reached.filter(({ name }) => name !== caller.name),
  ];
  return inOrder.map(({ name, locality }) => ({ cluster: name, ...(locality && { locality }) }));
}

/** The outlier detection that a virtual destination lists. */
export function outlierDetectionOf(
  policies: Policies,
  destination: VirtualDestination,
): OutlierDetectionPolicy | undefined {
  return listedPolicies(policies, destination.policies, "OutlierDetectionPolicy")[0]?.value;
}

function preferenceOf(policy: FailoverPolicy): Preference {
  const { localityMappings, priorityLabels } = policy;
  if (priorityLabels.length > 0) return { kind: "labels", labels: priorityLabels };
  if (localityMappings.length === 0) return { kind: "nearest" };
  if (!distributes(policy)) {
    const regions = localityMappings.flatMap(({ from, to }) =>
      to.map(({ region }) => ({ from: from.region, to: region })),
    );
    return { kind: "regions", regions };
  }
  const mappings = localityMappings.map(({ from, to }) => ({
    from,
    to: to.map((target) => ({ ...target, weight: target.weight ?? 0 })),
  }));
  return { kind: "distribution", mappings };
}
