import { z } from "zod";
import { CompressionAlgorithm } from "../args/compression-policy.js";
import type { Leaf } from "./deferred.js";
import { ALL_ACTIONS, type RoutePolicyDefinition } from "./definition.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, flag, MOST_UINT32, raise, someOf, text, wholeNumber } from "./schema.js";

/** The responses to compress, and the algorithms to use. */
export interface CompressionPolicy extends NarrowedToRoutes {
  /** Most preferred first, without duplicates. */
  readonly algorithms: readonly CompressionAlgorithm[];
  /** Absent for Envoy's default types. */
  readonly contentTypes?: readonly string[];
  readonly minContentLength: Leaf<number>;
  readonly disableOnEtagHeader: Leaf<boolean>;
  readonly removeAcceptEncodingHeader: Leaf<boolean>;
}

/** Envoy's default and minimum (envoy.extensions.filters.http.compressor.v3). */
const LEAST_LENGTH = 30;

/** A type and a subtype as in RFC 9110. Envoy compares all of it, ignoring case. */
function mediaType(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (/^[A-Za-z0-9!#$&^_.+-]{1,127}\/[A-Za-z0-9!#$&^_.+-]{1,127}$/.test(value)) return;
  raise(context, "MW0110", {
    found: value,
    expected: "a media type, without parameters and wildcards",
    example: "application/json",
  });
}

const compressionPolicySchema: z.ZodType<CompressionPolicy> = fields({
  applyToRoutes,
  algorithms: z
    .array(z.enum(CompressionAlgorithm))
    .min(1)
    .default([CompressionAlgorithm.Brotli, CompressionAlgorithm.Gzip])
    .transform((algorithms) => [...new Set(algorithms)]),
  contentTypes: someOf(text(mediaType)).optional(),
  minContentLength: wholeNumber(LEAST_LENGTH, MOST_UINT32).default(LEAST_LENGTH),
  disableOnEtagHeader: flag.default(false),
  removeAcceptEncodingHeader: flag.default(false),
});

export const compressionPolicyKind = {
  section: "compressionPolicies",
  schema: compressionPolicySchema,
  actsOn: ALL_ACTIONS,
} as const satisfies RoutePolicyDefinition<CompressionPolicy>;
