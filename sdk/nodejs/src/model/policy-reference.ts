import { z } from "zod";
import { POLICY_KINDS, type PolicyKind } from "../kinds/kinds.js";
import { type ReferenceToOneOf, referenceToOneOf } from "./schema.js";

/** A reference to a policy. The kind is absent if a model file gives only the name. */
export type PolicyReference = ReferenceToOneOf<PolicyKind>;

const references: z.ZodType<readonly PolicyReference[]> = z.array(referenceToOneOf(POLICY_KINDS, "policy"));

/** The `policies` field of resources. */
export const policiesSchema: z.ZodType<readonly PolicyReference[]> = references.default([]);

/** The `policies` field of resources that inherit policies from others. */
export const ownPoliciesSchema: z.ZodType<readonly PolicyReference[] | undefined> = references.optional();

/** The policies of a resource that inherits others. */
export interface OwnPolicies {
  readonly policies: readonly PolicyReference[];
  /** True if `policies` was written as an empty list, which exempts from nothing. */
  readonly hasEmptyPolicies?: boolean;
}

/** Returns the policies of a resource, and records an empty list. */
export function ownPolicies(written: readonly PolicyReference[] | undefined): OwnPolicies {
  return { policies: written ?? [], ...(written?.length === 0 && { hasEmptyPolicies: true }) };
}
