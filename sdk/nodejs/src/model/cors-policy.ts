import { z } from "zod";
import { isDeferred, type Leaf } from "./deferred.js";
import type { RoutePolicyDefinition } from "./definition.js";
import { duration, millisecondsOf } from "./duration.js";
import { headerName, regexLength } from "./match.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, flag, raise, someOf, text } from "./schema.js";
import { type TextMatch, textMatch, textPatterns } from "./text-match.js";

/** The origins whose pages may call routes from a browser. Durations are in Go's notation. */
export interface CORSPolicy extends NarrowedToRoutes {
  readonly allowOrigins: readonly TextMatch[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAge?: string;
  readonly allowCredentials: Leaf<boolean>;
}

/** The methods that Istio accepts in a CORS policy (Istio: supportedCORSMethods). */
export const CORS_METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "CONNECT",
  "OPTIONS",
  "TRACE",
  "*",
] as const;

const someText = text((value, context) => {
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" });
});

const originSchema = textMatch({
  exact: someText.optional(),
  prefix: someText.optional(),
  regex: text(regexLength).optional(),
});

const method = text((value, context) => {
  if (!CORS_METHODS.some((each) => each === value)) raise(context, "MW0105", { found: value, allowed: CORS_METHODS });
});

const header = text((value, context) => {
  if (value !== "*") headerName(value, context);
});

export const corsPolicySchema: z.ZodType<CORSPolicy> = fields({
  applyToRoutes,
  allowOrigins: someOf(originSchema),
  allowMethods: z.array(method).default([]),
  allowHeaders: z.array(header).default([]),
  exposeHeaders: z.array(header).default([]),
  maxAge: duration.optional(),
  allowCredentials: flag.default(false),
}).superRefine(({ maxAge }, context) => {
  if (maxAge === undefined || isDeferred(maxAge) || (millisecondsOf(maxAge) ?? 0) % 1000 === 0) return;
  raise(context, "MW0110", { found: maxAge, expected: "a duration in whole seconds", example: "24h" }, ["maxAge"]);
});

// Envoy 1.40 applies CORS only on routes that forward
export const corsPolicyKind = {
  section: "corsPolicies",
  schema: corsPolicySchema,
  actsOn: ["forward"],
  patterns: ({ allowOrigins }) => textPatterns(allowOrigins, ["allowOrigins"]),
} as const satisfies RoutePolicyDefinition<CORSPolicy>;
