import type { DestinationPolicyKind } from "../kinds/kinds.js";
import type { HealthCheck } from "../model/active-health-check-policy.js";
import type { ClientTLSPolicy } from "../model/client-tls-policy.js";
import type { ConnectionPolicy } from "../model/connection-policy.js";
import type { Leaf } from "../model/deferred.js";
import type { Locality } from "../model/fleet.js";
import type { LoadBalancerPolicy } from "../model/load-balancer-policy.js";
import type { OutlierDetectionPolicy } from "../model/outlier-detection-policy.js";
import type { GatewayProxies } from "./gateway-proxies.js";
/**
 * How callers in one cluster treat a destination's endpoints: which they prefer, how they choose, which they leave
 * out, how many connections they have and how they speak TLS.
 */
export interface PlannedDestinationPolicies {
  readonly outlierDetection?: OutlierDetectionPolicy;
  /** Absent where all endpoints are alike. */
  readonly preference?: Preference;
  readonly loadBalancer?: LoadBalancerPolicy;
  readonly connection?: ConnectionPolicy;
  /** Takes the place of the TLS settings that the endpoints ask for; server name and expected names are filled in. */
  readonly clientTls?: ClientTLSPolicy;
  /** What gateways of the callers' cluster find out by themselves. */
  readonly probes?: PlannedProbes;
  /** Where the callers' cluster is. */
  readonly caller?: Locality;
  /** Clusters whose pods callers reach directly, and where they are; the callers' own comes first. */
  readonly near: readonly NearCluster[];
}

/**
 * The field of the plan that holds what a policy of each kind becomes, in the order of plans and explanations. Plans
 * are written to files, so fields keep their names.
 */
export const FIELD_OF_POLICY = {
  OutlierDetectionPolicy: "outlierDetection",
  FailoverPolicy: "preference",
  LoadBalancerPolicy: "loadBalancer",
  ConnectionPolicy: "connection",
  ClientTLSPolicy: "clientTls",
  ActiveHealthCheckPolicy: "probes",
} as const satisfies Readonly<Record<DestinationPolicyKind, keyof PlannedDestinationPolicies>>;

export const PLANNED_POLICY_KINDS = Object.keys(FIELD_OF_POLICY) as readonly DestinationPolicyKind[];

/** What a policy of a kind becomes in the plan. */
export type PlannedAs<K extends DestinationPolicyKind> = NonNullable<
  PlannedDestinationPolicies[(typeof FIELD_OF_POLICY)[K]]
>;

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

/** What an east-west gateway does with the pods of its own cluster, where it can't pass TLS through. */
export type HomePolicies = Pick<
  PlannedDestinationPolicies,
  "outlierDetection" | "loadBalancer" | "connection" | "clientTls"
>;

/** How gateways of one cluster probe a destination's endpoints. */
export interface PlannedProbes {
  readonly healthCheck: HealthCheck;
  readonly gateways: readonly GatewayProxies[];
}
