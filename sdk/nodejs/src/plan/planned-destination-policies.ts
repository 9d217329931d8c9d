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
 * The way callers in one cluster treat a destination's endpoints: locality preference, load balancing, outlier
 * detection, connection limits and TLS.
 */
export interface PlannedDestinationPolicies {
  readonly outlierDetection?: OutlierDetectionPolicy;
  /** Absent if no endpoint is preferred. */
  readonly preference?: Preference;
  readonly loadBalancer?: LoadBalancerPolicy;
  readonly connection?: ConnectionPolicy;
  /** Replaces the TLS settings that the endpoints call for; server name and expected names are filled in. */
  readonly clientTls?: ClientTLSPolicy;
  /** Active health checks by gateways in the callers' cluster. */
  readonly probes?: PlannedProbes;
  /** Locality of the callers' cluster. */
  readonly caller?: Locality;
  /** Clusters whose pods callers reach directly, with their localities; the callers' own cluster comes first. */
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

/** The form of a policy of this kind in the plan. */
export type PlannedAs<K extends DestinationPolicyKind> = NonNullable<
  PlannedDestinationPolicies[(typeof FIELD_OF_POLICY)[K]]
>;

/** A cluster whose pods callers reach directly. */
export interface NearCluster {
  readonly cluster: string;
  readonly locality?: Locality;
}

/** Endpoint preference. Only `distribution` takes effect without outlier detection. */
export type Preference =
  /** Prefers endpoints by locality: same sub-zone, then zone, then region as the caller. */
  | { readonly kind: "nearest" }
  /** Like `nearest`; among other regions, prefers the failover region of the caller's own. */
  | { readonly kind: "regions"; readonly regions: readonly { readonly from: string; readonly to: string }[] }
  /** Prefers endpoints that share the most leading labels with the caller, or with the given values. */
  | { readonly kind: "labels"; readonly labels: readonly string[] }
  /** Prefers none: splits the requests of a locality by percent; localities that are not listed get none. */
  | { readonly kind: "distribution"; readonly mappings: readonly Distribution[] };

/** The split of one locality's requests. Weights add up to 100. */
export interface Distribution {
  readonly from: Locality;
  readonly to: readonly (Locality & { readonly weight: Leaf<number> })[];
}

/** Policies of an east-west gateway toward the pods of its own cluster, where it can't pass TLS through. */
export type HomePolicies = Pick<
  PlannedDestinationPolicies,
  "outlierDetection" | "loadBalancer" | "connection" | "clientTls"
>;

/** Health checks of a destination's endpoints by gateways of one cluster. */
export interface PlannedProbes {
  readonly healthCheck: HealthCheck;
  readonly gateways: readonly GatewayProxies[];
}
