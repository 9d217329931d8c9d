import { z } from "zod";
import { POLICY_KINDS, type PolicyKind } from "../kinds/kinds.js";
import { type ReferenceToOneOf, referenceToOneOf } from "./schema.js";

/** A policy as a resource lists it. The kind is absent where a model file gives the name alone. */
export type PolicyReference = ReferenceToOneOf<PolicyKind>;

/** The `policies` of whatever takes policies. */
export const policiesSchema: z.ZodType<readonly PolicyReference[]> = z
  .array(referenceToOneOf(POLICY_KINDS, "policy"))
  .default([]);
