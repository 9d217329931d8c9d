import { actsOn } from "../model/acts-on.js";
import type { Destination } from "../model/destination.js";
import {
  listedPolicies,
  type Policies,
  type PolicyReference,
  ROUTE_POLICY_KINDS,
  type RoutePolicyKind,
  type RoutePolicyOf,
} from "../model/policy.js";
import type { MakesRequests } from "../model/policy-destination.js";
import { type NarrowedToRoutes, selects } from "../model/route-selector.js";
import { labelsOf, type Route, type RouteTable } from "../model/route-table.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import type { PlannedTarget } from "./types.js";

/** The policies of a route's requests, the nearest of each kind. */
export type PlannedRoutePolicies = { readonly [K in RoutePolicyKind]?: AppliedPolicy<K> };

/** A policy, and what lists it. */
export interface AppliedPolicy<K extends RoutePolicyKind> {
  readonly name: string;
  readonly level: PolicyLevel;
  readonly value: Omit<RoutePolicyOf[K], keyof NarrowedToRoutes | keyof MakesRequests>;
  /** Where the policy's own requests go; absent where it makes none. `setHost` is the host by which the destination is known there. */
  readonly target?: PlannedTarget;
}

/** Where a policy is listed. A nearer one of its kind goes before. */
export type PolicyLevel = "route" | "table" | "gateway";

/** A policy of any kind that one level lists. */
interface Candidate {
  readonly kind: RoutePolicyKind;
  readonly narrowed: NarrowedToRoutes;
  readonly destination?: Destination;
  readonly applied: Omit<AppliedPolicy<RoutePolicyKind>, "target">;
}

/** The policies of a route as every cluster sees them. */
export interface ChosenPolicies {
  readonly inOrder: readonly Candidate[];
  /** Where requests go that the policies themselves make. */
  readonly destinations: readonly Destination[];
}

/** Finds the policies of the routes of one table for some callers. Routes with the same policies share the result. */
export class RoutePolicyPlanner {
  readonly #policies: Policies;
  readonly #table: RouteTable;
  /** Nearest first. */
  readonly #shared: readonly Candidate[];
  readonly #known = new Map<string, ChosenPolicies>();

  constructor(policies: Policies, table: RouteTable, gateway: VirtualGateway | undefined) {
    this.#policies = policies;
    this.#table = table;
    this.#shared = [
      ...candidatesOf(policies, table.policies, "table"),
      ...candidatesOf(policies, gateway?.policies ?? [], "gateway"),
    ];
  }

  /** The policies of a route; undefined where it has none. */
  of(route: Route): ChosenPolicies | undefined {
    if (this.#shared.length === 0 && route.policies.length === 0) return undefined;
    const labels = labelsOf(route, this.#table);
    const chosen = new Map<RoutePolicyKind, Candidate>();
    for (const candidate of [...candidatesOf(this.#policies, route.policies, "route"), ...this.#shared]) {
      const { kind, narrowed, applied } = candidate;
      if (!chosen.has(kind) && actsOn(kind, applied.value, route.action) && selects(narrowed, labels))
        chosen.set(kind, candidate);
    }
    if (chosen.size === 0) return undefined;
    const inOrder = ROUTE_POLICY_KINDS.flatMap((kind) => chosen.get(kind) ?? []);
    const key = JSON.stringify(inOrder.map(({ kind, applied: { name, level } }) => [kind, name, level]));
    const known = this.#known.get(key) ?? {
      inOrder,
      destinations: inOrder.flatMap(({ destination }) => destination ?? []),
    };
    this.#known.set(key, known);
    return known;
  }
}

/** The policies of a route as some clusters see them, who find destinations in this way. */
export function planRoutePolicies(
  { inOrder }: ChosenPolicies,
  targetOf: (destination: Destination) => PlannedTarget,
): PlannedRoutePolicies {
  return Object.fromEntries(
    inOrder.map(({ kind, applied, destination }) => [
      kind,
      destination === undefined ? applied : { ...applied, target: targetOf(destination) },
    ]),
  );
}

function candidatesOf(
  policies: Policies,
  references: readonly PolicyReference[],
  level: PolicyLevel,
): readonly Candidate[] {
  if (references.length === 0) return [];
  return ROUTE_POLICY_KINDS.flatMap((kind) =>
    listedPolicies(policies, references, kind).map(({ name, value }) => {
      const { applyToRoutes, destination, ...config } = value as RoutePolicyOf[RoutePolicyKind] & MakesRequests;
      return {
        kind,
        narrowed: { ...(applyToRoutes && { applyToRoutes }) },
        ...(destination && { destination }),
        applied: { name, level, value: config },
      };
    }),
  );
}
