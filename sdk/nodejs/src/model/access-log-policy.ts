import { z } from "zod";
import { StatusComparator } from "../args/access-log-policy.js";
import type { Leaf } from "./deferred.js";
import type { KindDefinition, Placed } from "./definition.js";
import { applyToListeners, type NarrowedToListeners } from "./listener-selector.js";
import { type HeaderMatcher, headerName, headerSchema } from "./match.js";
import { choose, fields, oneOf, plainText, raise, wholeNumber } from "./schema.js";

/** Selects requests for an access log. */
export type AccessLogFilter =
  | { readonly kind: "status"; readonly value: Leaf<number>; readonly comparator: Leaf<StatusComparator> }
  | { readonly kind: "header"; readonly header: HeaderMatcher };

/**
 * The requests of some listeners to log, and the fields to add to the default. Header and trailer names are in lower
 * case.
 */
export interface AccessLogPolicy extends NarrowedToListeners {
  /** Any of these must match; empty to log all requests. */
  readonly filters: readonly AccessLogFilter[];
  readonly includedRequestHeaders: readonly string[];
  readonly includedResponseHeaders: readonly string[];
  readonly includedResponseTrailers: readonly string[];
  readonly includedFilterStateObjects: readonly string[];
}

const filterSchema: z.ZodType<AccessLogFilter> = fields({
  statusCodeMatcher: fields({
    value: wholeNumber(0, 599),
    comparator: oneOf(StatusComparator).default(StatusComparator.Equal),
  }).optional(),
  headerMatcher: headerSchema.optional(),
}).transform((args, context): AccessLogFilter => {
  choose(args, ["statusCodeMatcher", "headerMatcher"], context);
  const { statusCodeMatcher: status, headerMatcher: header } = args;
  if (status !== undefined) return { kind: "status", ...status };
  return header === undefined ? z.NEVER : { kind: "header", header };
});

/** Names become keys of rendered objects, and must therefore be plain. */
const names: z.ZodType<readonly string[]> = z
  .array(plainText((name, context) => headerName(name, context)).transform((name) => name.toLowerCase()))
  .default([]);

/** Envoy reads a colon as the end of the key (FILTER_STATE in envoy/formatter). */
function objectKey(key: string, context: z.core.$RefinementCtx<unknown>): void {
  if (!/^[A-Za-z0-9_./-]+$/.test(key))
    raise(context, "MW0110", {
      found: key,
      expected: "a key of filter state (letters, digits, dots, slashes, hyphens and underscores)",
      example: "envoy.filters.http.grpc_stats",
    });
}

export const accessLogPolicySchema: z.ZodType<AccessLogPolicy> = fields({
  applyToListeners,
  filters: z.array(filterSchema).default([]),
  includedRequestHeaders: names,
  includedResponseHeaders: names,
  includedResponseTrailers: names,
  includedFilterStateObjects: z.array(plainText(objectKey)).default([]),
});

function patternsOf(filter: AccessLogFilter, index: number): readonly Placed<string>[] {
  if (filter.kind !== "header" || filter.header.match.kind !== "regex") return [];
  return [{ value: filter.header.match.value, path: ["filters", index, "headerMatcher", "value"] }];
}

export const accessLogPolicyKind = {
  section: "accessLogPolicies",
  schema: accessLogPolicySchema,
  patterns: ({ filters }) => filters.flatMap(patternsOf),
} as const satisfies KindDefinition<AccessLogPolicy>;
