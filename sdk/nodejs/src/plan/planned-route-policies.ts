import type { RoutePolicyKind } from "../kinds/kinds.js";
import type { MakesRequests } from "../model/policy-destination.js";
import type { ModelOf } from "../model/registry.js";
import type { NarrowedToRoutes } from "../model/route-selector.js";
import type { PlannedTarget } from "./planned-target.js";
/** The policies in force on a route, the most specific of each kind. */
export type PlannedRoutePolicies = { readonly [K in RoutePolicyKind]?: AppliedPolicy<K> };

/** A policy, and the resource that lists it. */
export interface AppliedPolicy<K extends RoutePolicyKind> {
  readonly name: string;
  readonly level: PolicyLevel;
  /** The delegating route or table that lists the policy; absent at the other levels. */
  readonly by?: string;
  readonly value: Omit<ModelOf[K], keyof NarrowedToRoutes | keyof MakesRequests>;
  /**
   * Destinations of the policy's own requests, keyed as in the model; absent if it makes none. `setHost` is the Host
   * header by which a destination is known there.
   */
  readonly targets?: Readonly<Record<DestinationKey<ModelOf[K]>, PlannedTarget>>;
}

/** The keys of the destinations that a policy calls. */
export type DestinationKey<P> = P extends { readonly destinations?: infer D } ? keyof NonNullable<D> : never;

/**
 * The level at which a policy is listed. The most specific level takes precedence; among delegating routes, the table
 * nearest to the route does.
 */
export type PolicyLevel = "route" | "table" | "delegatingRoute" | "delegatingTable" | "gateway";
