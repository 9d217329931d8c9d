import type { LocalityArgs } from "./fleet.js";
import type { Input } from "./input.js";

/** Where requests of a locality go, and how many of them. */
export interface LocalityTargetArgs {
  /** Region of the endpoints. */
  region: Input<string>;
  /** Zone of the endpoints. Only together with `weight`, because failover knows regions only. Default: every zone. */
  zone?: Input<string>;
  /** Sub-zone of the endpoints. Needs `zone`, and goes only together with `weight`. Default: every sub-zone. */
  subZone?: Input<string>;
  /**
   * Percent of the requests, 1 to 100; the weights of one mapping add up to 100.
   *
   * A weight makes the mapping a distribution: requests are spread like that while all is well, endpoints of places that are not listed get
   * none, and nothing fails over. All targets of a policy have weights, or none has. Default: none, the mapping is a failover.
   */
  weight?: Input<number>;
}

/** Where requests of one locality go. */
export interface LocalityMappingArgs {
  /** Where the callers are; each of the policy's mappings another place. A failover has a region only. */
  from: LocalityArgs;
  /** Where the requests go. Without weights one region, other than that of `from`: it comes after the caller's own and before all others. At least one. */
  to: LocalityTargetArgs[];
}

/** An order of endpoints by what they have in common with the caller. */
export interface PriorityLabelsArgs {
  /**
   * Labels, the most important first: all keys, as in `topology.kubernetes.io/region`, or all with values, as in `version=v2`.
   *
   * Endpoints that carry the same values as the caller's pod, or the given ones, come first; then those that differ in the last label
   * only, and so on. At least one. East-west gateways carry the labels of the destination's services, their locality and their network.
   */
  labels: Input<string>[];
}

/**
 * Which endpoints callers prefer, and where they go when those fail. Follows `FailoverPolicy` of Gloo Platform v2.
 *
 * Without any field, near endpoints come first: those of the caller's sub-zone, zone, region, then all others. Endpoints count as failed by an
 * OutlierDetectionPolicy, which the destination needs besides; only a distribution works without one.
 */
export interface FailoverPolicyArgs {
  /** Where requests of some localities go, the order has no meaning. Excludes `priorityLabels`. Default: none, near endpoints come first. */
  localityMappings?: LocalityMappingArgs[];
  /** An order of endpoints by labels. Excludes `localityMappings`. Default: none, near endpoints come first. */
  priorityLabels?: PriorityLabelsArgs;
}
