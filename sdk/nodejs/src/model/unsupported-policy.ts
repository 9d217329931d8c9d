import { z } from "zod";
import type { KindDefinition } from "./definition.js";

/**
 * A policy that requires a proxy other than open-source Envoy. Its arguments are not parsed, because it is rejected
 * anyway.
 */
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
