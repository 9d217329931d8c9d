import type { RoutePolicyKind } from "../../kinds/kinds.js";
import type { FilterKind } from "../../plan/filter-order.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { ChangedHeaders } from "../changed-headers.js";
import type { Decision, Taken } from "../decision.js";
import type { Incoming } from "../incoming.js";

/** A request on its way through the filters of its route. */
export interface Filtered {
  readonly taken: Taken;
  readonly request: Incoming;
  /** Headers as changed by the filters so far. */
  readonly headers: ChangedHeaders;
}

/** A kind of policy as `explain` describes it. */
export interface DescribedPolicy<K extends RoutePolicyKind> {
  /** Describes the policy in one line. */
  readonly describe: (policy: AppliedPolicy<K>) => string;
}

/** A kind of policy that is a filter in Envoy. */
export interface FilteringPolicy<K extends FilterKind> extends DescribedPolicy<K> {
  /** Runs the filter. A decision ends the request; undefined lets it continue. */
  readonly filter: (policy: AppliedPolicy<K>, filtered: Filtered) => Decision | undefined;
}

/** The simulation of a kind of policy. */
export type SimulatedPolicy<K extends RoutePolicyKind> = K extends FilterKind ? FilteringPolicy<K> : DescribedPolicy<K>;
