import { POLICY_KINDS, type PolicyKind } from "../kinds/kinds.js";
import type { PolicyReference } from "./policy-reference.js";
import type { ModelOf } from "./registry.js";

/** The policies of a model. */
export type Policies = { readonly [K in PolicyKind]: ReadonlyMap<string, ModelOf[K]> };

/** Returns the kinds with a policy of this name: one, unless it is missing or the name is ambiguous. */
export function kindsOf(policies: Policies, { kind, name }: PolicyReference): readonly PolicyKind[] {
  return POLICY_KINDS.filter((each) => (kind ?? each) === each && policies[each].has(name));
}

/** A policy that a resource lists, and its index in the list. */
export interface ListedPolicy<K extends PolicyKind> {
  readonly name: string;
  readonly index: number;
  readonly value: ModelOf[K];
}

/** Returns the policies of one kind that a resource lists. */
export function listedPolicies<K extends PolicyKind>(
  policies: Policies,
  references: readonly PolicyReference[],
  kind: K,
): readonly ListedPolicy<K>[] {
  const known: ReadonlyMap<string, ModelOf[K]> = policies[kind];
  return references.flatMap((reference, index) => {
    const value = kindsOf(policies, reference).includes(kind) ? known.get(reference.name) : undefined;
    return value === undefined ? [] : [{ name: reference.name, index, value }];
  });
}
