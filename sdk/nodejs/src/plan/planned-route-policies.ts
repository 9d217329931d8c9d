import type { RoutePolicyKind } from "../kinds/kinds.js";
import type { MakesRequests } from "../model/policy-destination.js";
import type { ModelOf } from "../model/registry.js";
import type { NarrowedToRoutes } from "../model/route-selector.js";
import type { PlannedTarget } from "./planned-target.js";
/** The policies of a route's requests, the nearest of each kind. */
export type PlannedRoutePolicies = { readonly [K in RoutePolicyKind]?: AppliedPolicy<K> };

/** A policy, and what lists it. */
export interface AppliedPolicy<K extends RoutePolicyKind> {
  readonly name: string;
  readonly level: PolicyLevel;
  /** The delegating route, or its table, that lists the policy; absent at the other levels. */
  readonly by?: string;
  readonly value: Omit<ModelOf[K], keyof NarrowedToRoutes | keyof MakesRequests>;
  /**
   * Where the policy's own requests go, as the model names them; absent where it makes none. `setHost` is the host by
   * which a destination is known there.
   */
  readonly targets?: Readonly<Record<AskedDestinations<ModelOf[K]>, PlannedTarget>>;
}

/** Whom a policy asks. */
export type AskedDestinations<P> = P extends { readonly destinations?: infer D } ? keyof NonNullable<D> : never;

/**
 * Where a policy is listed. A nearer one of its kind goes before; of several delegating routes that of the nearer
 * table.
 */
export type PolicyLevel = "route" | "table" | "delegatingRoute" | "delegatingTable" | "gateway";
