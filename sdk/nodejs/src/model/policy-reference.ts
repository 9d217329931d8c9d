import { z } from "zod";
import { POLICY_KINDS, type PolicyKind } from "../kinds/kinds.js";
import { type ReferenceToOneOf, referenceToOneOf } from "./schema.js";

/** A reference to a policy. The kind is absent if a model file gives only the name. */
export type PolicyReference = ReferenceToOneOf<PolicyKind>;

/** The `policies` field of resources. */
export const policiesSchema: z.ZodType<readonly PolicyReference[]> = z
  .array(referenceToOneOf(POLICY_KINDS, "policy"))
  .default([]);
