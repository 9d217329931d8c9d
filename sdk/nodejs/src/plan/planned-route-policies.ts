import type { RoutePolicyKind } from "../kinds/kinds.js";
import type { EffectivePolicy } from "../model/effective-policies.js";
import type { ModelOf } from "../model/registry.js";
import type { PlannedTarget } from "./planned-target.js";
/** The policies in force on a route, the most specific of each kind. */
export type PlannedRoutePolicies = { readonly [K in RoutePolicyKind]?: AppliedPolicy<K> };

/** A policy, and the resource that lists it. */
export interface AppliedPolicy<K extends RoutePolicyKind> extends EffectivePolicy<K> {
  /**
   * Destinations of the policy's own requests, keyed as in the model; absent if it makes none. `setHost` is the Host
   * header by which a destination is known there.
   */
  readonly targets?: Readonly<Record<DestinationKey<ModelOf[K]>, PlannedTarget>>;
}

/** The keys of the destinations that a policy calls. */
export type DestinationKey<P> = P extends { readonly destinations?: infer D } ? keyof NonNullable<D> : never;
