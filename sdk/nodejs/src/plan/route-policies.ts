import { actsOn } from "../model/acts-on.js";
import {
  listedPolicies,
  type Policies,
  type PolicyReference,
  ROUTE_POLICY_KINDS,
  type RoutePolicyKind,
  type RoutePolicyOf,
} from "../model/policy.js";
import { type NarrowedToRoutes, selects } from "../model/route-selector.js";
import { labelsOf, type Route, type RouteTable } from "../model/route-table.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";

/** The policies of a route's requests, the nearest of each kind. */
export type PlannedRoutePolicies = { readonly [K in RoutePolicyKind]?: AppliedPolicy<K> };

/** A policy, and what lists it. */
export interface AppliedPolicy<K extends RoutePolicyKind> {
  readonly name: string;
  readonly level: PolicyLevel;
  readonly value: Omit<RoutePolicyOf[K], keyof NarrowedToRoutes>;
}

/** Where a policy is listed. A nearer one of its kind goes before. */
export type PolicyLevel = "route" | "table" | "gateway";

/** A policy of any kind that one level lists. */
interface Candidate {
  readonly kind: RoutePolicyKind;
  readonly narrowed: NarrowedToRoutes;
  readonly applied: AppliedPolicy<RoutePolicyKind>;
}

/** Finds the policies of the routes of one table on one gateway. Routes with the same policies share the result. */
export class RoutePolicyPlanner {
  readonly #policies: Policies;
  readonly #table: RouteTable;
  /** Nearest first. */
  readonly #shared: readonly Candidate[];
  readonly #known = new Map<string, PlannedRoutePolicies>();

  constructor(policies: Policies, table: RouteTable, gateway: VirtualGateway) {
    this.#policies = policies;
    this.#table = table;
    this.#shared = [
      ...candidatesOf(policies, table.policies, "table"),
      ...candidatesOf(policies, gateway.policies, "gateway"),
    ];
  }

  /** The policies of a route; undefined where it has none. */
  of(route: Route): PlannedRoutePolicies | undefined {
    if (this.#shared.length === 0 && route.policies.length === 0) return undefined;
    const labels = labelsOf(route, this.#table);
    const chosen = new Map<RoutePolicyKind, Candidate>();
    for (const candidate of [...candidatesOf(this.#policies, route.policies, "route"), ...this.#shared]) {
      const { kind, narrowed } = candidate;
      if (!chosen.has(kind) && actsOn(kind, route.action) && selects(narrowed, labels)) chosen.set(kind, candidate);
    }
    if (chosen.size === 0) return undefined;
    const inOrder = ROUTE_POLICY_KINDS.flatMap((kind) => chosen.get(kind) ?? []);
    const key = JSON.stringify(inOrder.map(({ kind, applied: { name, level } }) => [kind, name, level]));
    const known = this.#known.get(key) ?? Object.fromEntries(inOrder.map(({ kind, applied }) => [kind, applied]));
    this.#known.set(key, known);
    return known;
  }
}

function candidatesOf(
  policies: Policies,
  references: readonly PolicyReference[],
  level: PolicyLevel,
): readonly Candidate[] {
  if (references.length === 0) return [];
  return ROUTE_POLICY_KINDS.flatMap((kind) =>
    listedPolicies(policies, references, kind).map(({ name, value }) => {
      const { applyToRoutes, ...config } = value as RoutePolicyOf[RoutePolicyKind];
      return { kind, narrowed: { ...(applyToRoutes && { applyToRoutes }) }, applied: { name, level, value: config } };
    }),
  );
}
