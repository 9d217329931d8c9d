import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../kinds/kinds.js";
import { actsOn } from "./acts-on.js";
import type { EffectiveRoute, EffectiveTable } from "./delegation.js";
import type { RouteDestination } from "./destination.js";
import { listedPolicies, type Policies } from "./policies.js";
import type { MakesRequests } from "./policy-destination.js";
import type { PolicyReference } from "./policy-reference.js";
import type { ModelOf } from "./registry.js";
import { type NarrowedToRoutes, selects } from "./route-selector.js";
import { labelsOf } from "./route-table.js";
import type { VirtualGateway } from "./virtual-gateway.js";

/**
 * The level at which a policy is listed. The most specific level takes precedence; among delegating routes, the table
 * nearest to the route does.
 */
export type PolicyLevel = "route" | "table" | "delegatingRoute" | "delegatingTable" | "gateway";

/** A policy in force, and the resource that lists it. */
export interface EffectivePolicy<K extends RoutePolicyKind> {
  readonly name: string;
  readonly level: PolicyLevel;
  /** The delegating route or table that lists the policy; absent at the other levels. */
  readonly by?: string;
  readonly value: Omit<ModelOf[K], keyof NarrowedToRoutes | keyof MakesRequests>;
}

/** A policy that is listed at one level. */
interface Candidate {
  readonly kind: RoutePolicyKind;
  readonly narrowed: NarrowedToRoutes;
  readonly destinations: Readonly<Record<string, RouteDestination>>;
  readonly applied: EffectivePolicy<RoutePolicyKind>;
}

/** The policies of a route, before targets are resolved for each cluster. */
export interface ChosenPolicies {
  readonly inOrder: readonly Candidate[];
  /** Destinations of requests that the policies themselves make. */
  readonly destinations: readonly RouteDestination[];
}

/** A resource that lists policies. */
interface PolicyLister {
  readonly level: PolicyLevel;
  readonly by?: string;
  readonly references: readonly PolicyReference[];
}

/** Finds the policies of one table's routes for some callers. Routes with the same policies share the result. */
export class EffectivePolicies {
  readonly #policies: Policies;
  readonly #table: EffectiveTable;
  readonly #gateway: PolicyLister;
  /** Keyed by place first, because a table and a delegating table may share one list. */
  readonly #candidates = new Map<string, Map<readonly PolicyReference[], readonly Candidate[]>>();
  readonly #known = new Map<string, ChosenPolicies>();

  constructor(policies: Policies, table: EffectiveTable, gateway: VirtualGateway | undefined) {
    this.#policies = policies;
    this.#table = table;
    this.#gateway = { level: "gateway", references: gateway?.policies ?? [] };
  }

  /** Returns the policies of a route, or undefined if it has none. */
  of(route: EffectiveRoute): ChosenPolicies | undefined {
    const places = [...policyListsOf(route, this.#table), this.#gateway].filter(
      ({ references }) => references.length > 0,
    );
    if (places.length === 0) return undefined;
    const labels = labelsOf(route, this.#table);
    const chosen = new Map<RoutePolicyKind, Candidate>();
    for (const candidate of places.flatMap((place) => this.#candidatesOf(place))) {
      const { kind, narrowed, applied } = candidate;
      if (!chosen.has(kind) && actsOn(kind, applied.value, route.action) && selects(narrowed, labels))
        chosen.set(kind, candidate);
    }
    if (chosen.size === 0) return undefined;
    const inOrder = ROUTE_POLICY_KINDS.flatMap((kind) => chosen.get(kind) ?? []);
    const key = JSON.stringify(inOrder.map(({ kind, applied: { name, level, by } }) => [kind, name, level, by]));
    const known = this.#known.get(key) ?? {
      inOrder,
      destinations: inOrder.flatMap((each) => Object.values(each.destinations)),
    };
    this.#known.set(key, known);
    return known;
  }

  #candidatesOf({ level, by, references }: PolicyLister): readonly Candidate[] {
    const key = `${level} ${by ?? ""}`;
    const ofPlace = this.#candidates.get(key) ?? new Map<readonly PolicyReference[], readonly Candidate[]>();
    this.#candidates.set(key, ofPlace);
    const known = ofPlace.get(references);
    if (known !== undefined) return known;
    const found = ROUTE_POLICY_KINDS.flatMap((kind) =>
      listedPolicies(this.#policies, references, kind).map(({ name, value }) => {
        const { applyToRoutes, destinations = {}, ...config } = value as ModelOf[RoutePolicyKind] & MakesRequests;
        const applied = { name, level, ...(by !== undefined && { by }), value: config };
        const narrowed = { ...(applyToRoutes && { applyToRoutes }) };
        return { kind, narrowed, destinations, applied };
      }),
    );
    ofPlace.set(references, found);
    return found;
  }
}

/**
 * Returns the lists of policies that apply to a route, in its own table and the delegating ones, most specific first.
 */
function policyListsOf({ way, policies }: EffectiveRoute, table: EffectiveTable): readonly PolicyLister[] {
  const own: readonly PolicyLister[] = [
    { level: "route", references: policies },
    { level: "table", references: (way?.steps.at(-1)?.value ?? table).policies },
  ];
  const delegating = (way?.steps ?? []).slice(0, -1).reverse();
  return [
    ...own,
    ...delegating.flatMap(({ table: name, value, index }): readonly PolicyLister[] => {
      const route = value.http[index];
      return [
        { level: "delegatingRoute", by: `${name}/${route?.name ?? ""}`, references: route?.policies ?? [] },
        { level: "delegatingTable", by: name, references: value.policies },
      ];
    }),
  ];
}
