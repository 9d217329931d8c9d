import type { Path } from "../diagnostics/diagnostic.js";
import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../kinds/kinds.js";
import { REGISTRY } from "./registry.js";

/** A kind of policy that makes callouts. */
export type AskingPolicyKind = {
  [K in RoutePolicyKind]: (typeof REGISTRY)[K] extends { readonly destinations: unknown } ? K : never;
}[RoutePolicyKind];

export const ASKING_POLICY_KINDS: readonly AskingPolicyKind[] = ROUTE_POLICY_KINDS.filter(
  (kind): kind is AskingPolicyKind => "destinations" in REGISTRY[kind],
);

/** Returns the path of the destination that a policy calls, within its arguments. */
export function destinationPlace(kind: AskingPolicyKind, asked: string): Path {
  return REGISTRY[kind].destinations(asked);
}
