import type { LocalityArgs } from "./fleet.js";
import type { Input } from "./input.js";

/** Locality that requests go to, and its share of them. */
export interface LocalityTargetArgs {
  /** Region of the endpoints. */
  region: Input<string>;
  /** Zone of the endpoints. Only with `weight`, because failover works by region. Default: every zone. */
  zone?: Input<string>;
  /** Sub-zone of the endpoints. Requires `zone`, and only with `weight`. Default: every sub-zone. */
  subZone?: Input<string>;
  /**
   * Percentage of requests, 1 to 100; the weights of one mapping add up to 100.
   *
   * Weights make the mapping a distribution: requests are spread this way while endpoints are healthy; endpoints in
   * localities that aren't listed get none. With an OutlierDetectionPolicy, the share of a locality whose endpoints
   * fail goes to the other listed ones. Either all targets of a policy have weights or none
   * has. Default: none, the mapping is a failover.
   */
  weight?: Input<number>;
}

/** Maps the locality of callers to the localities that their requests go to. */
export interface LocalityMappingArgs {
  /** Locality of the callers, a different one in each of the policy's mappings. For a failover, a region only. */
  from: LocalityArgs;
  /**
   * Localities that requests go to; at least one. Without weights, one region other than that of `from`, which ranks
   * after the caller's own region and before all others.
   */
  to: LocalityTargetArgs[];
}

/** Ranks endpoints by the labels that they share with the caller. */
export interface PriorityLabelsArgs {
  /**
   * Labels, the most important first: either all keys, as in `topology.kubernetes.io/region`, or all with values, as in
   * `version=v2`.
   *
   * Endpoints with the same values as the caller's pod, or with the given values, come first; then those that differ
   * only in the last label, and so on. At least one. East-west gateways have the labels of the destination's services,
   * their locality and their network.
   */
  labels: Input<string>[];
}

/**
 * Ranks the endpoints that callers prefer and fail over to. Follows `FailoverPolicy` of Gloo Platform v2.
 *
 * Without any field, the nearest endpoints come first: those in the caller's sub-zone, zone, region, then all others.
 * An OutlierDetectionPolicy decides which endpoints have failed, so the destination needs one too; only a distribution
 * works without it.
 */
export interface FailoverPolicyArgs {
  /**
   * Localities that the requests of some localities go to; the order doesn't matter. Excludes `priorityLabels`.
   * Default: none; the nearest endpoints come first.
   */
  localityMappings?: LocalityMappingArgs[];
  /** Ranks endpoints by labels. Excludes `localityMappings`. Default: none; the nearest endpoints come first. */
  priorityLabels?: PriorityLabelsArgs;
}
