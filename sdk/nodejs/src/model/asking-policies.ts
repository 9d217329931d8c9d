import type { Path } from "../diagnostics/diagnostic.js";
import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../kinds/kinds.js";
import { REGISTRY } from "./registry.js";

/** A kind of policy that makes requests of its own. */
export type AskingPolicyKind = {
  [K in RoutePolicyKind]: (typeof REGISTRY)[K] extends { readonly destinations: unknown } ? K : never;
}[RoutePolicyKind];

export const ASKING_POLICY_KINDS: readonly AskingPolicyKind[] = ROUTE_POLICY_KINDS.filter(
  (kind): kind is AskingPolicyKind => "destinations" in REGISTRY[kind],
);

/** Where in the arguments of a policy the destination stands that it asks. */
export function destinationPlace(kind: AskingPolicyKind, asked: string): Path {
  return REGISTRY[kind].destinations(asked);
}
