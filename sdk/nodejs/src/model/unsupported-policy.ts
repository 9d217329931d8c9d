import { z } from "zod";
import type { KindDefinition } from "./definition.js";

/** A policy that needs a proxy other than the open-source one. What it says is not read, because it is refused in any case. */
export type UnsupportedPolicy = Readonly<Record<string, never>>;

export const unsupportedPolicySchema: z.ZodType<UnsupportedPolicy> = z.unknown().transform(() => ({}));

export const dlpPolicyKind = {
  section: "dlpPolicies",
  schema: unsupportedPolicySchema,
} as const satisfies KindDefinition<UnsupportedPolicy>;

export const wafPolicyKind = {
  section: "wafPolicies",
  schema: unsupportedPolicySchema,
} as const satisfies KindDefinition<UnsupportedPolicy>;
