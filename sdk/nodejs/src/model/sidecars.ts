import type { z } from "zod";
import { dnsLabel, fields, plainLabels, plainText, someOf } from "./schema.js";

/** Callers with sidecars. */
export interface Sidecars {
  readonly namespaces: readonly string[];
  /** The labels of their pods; empty for all pods of the namespaces. */
  readonly labels: Readonly<Record<string, string>>;
  readonly clusters?: readonly string[];
}

export const sidecarsSchema: z.ZodType<Sidecars> = fields({
  namespaces: someOf(plainText(dnsLabel)),
  labels: plainLabels.default({}),
  clusters: someOf(plainText()).optional(),
});
