import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../kinds/kinds.js";
import type { AppliedPolicy, PlannedRoutePolicies } from "../plan/planned-route-policies.js";
import { SIMULATED_POLICIES } from "./policies/simulated-policies.js";
import type { DescribedPolicy } from "./policies/simulated-policy.js";

const DESCRIBED: { readonly [K in RoutePolicyKind]: DescribedPolicy<K> } = SIMULATED_POLICIES;

/** Describes the policies of a route, one line each, with the policy's name and the level that lists it. */
export function describeRoutePolicies(policies: PlannedRoutePolicies): readonly string[] {
  return ROUTE_POLICY_KINDS.flatMap((kind) => describeKind(kind, policies));
}

function describeKind<K extends RoutePolicyKind>(kind: K, policies: PlannedRoutePolicies): readonly string[] {
  const policy: AppliedPolicy<K> | undefined = policies[kind];
  return policy === undefined ? [] : [line(kind, policy, DESCRIBED[kind].describe(policy))];
}

const PLACES = {
  route: "",
  table: " of the table",
  delegatingRoute: " of the route",
  delegatingTable: " of the table",
  gateway: " of the gateway",
} as const;

function line(
  kind: RoutePolicyKind,
  { name, level, by }: { readonly name: string; readonly level: keyof typeof PLACES; readonly by?: string },
  does: string,
): string {
  return `${kind} ${name}${PLACES[level]}${by === undefined ? "" : ` ${by}`}: ${does}`;
}
