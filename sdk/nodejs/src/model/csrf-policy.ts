import { z } from "zod";
import { derive, isKnown, type Leaf } from "./deferred.js";
import { ALL_ACTIONS, type RoutePolicyDefinition } from "./definition.js";
import { percentage } from "./fault-injection-policy.js";
import { regexLength } from "./match.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, flag, type RefinementContext, raise, text } from "./schema.js";
import { type TextMatch, textMatch, textPatterns } from "./text-match.js";

/** The allowed origins of requests that change state; origins are compared without their scheme. */
export interface CSRFPolicy extends NarrowedToRoutes {
  readonly filterEnabled: Leaf<boolean>;
  readonly shadowEnabled: Leaf<boolean>;
  readonly percentage: Leaf<number>;
  readonly additionalOrigins: readonly TextMatch[];
}

function refuse(found: string, context: RefinementContext): void {
  raise(context, "MW0110", {
    found,
    expected: "host and port of an origin, because Envoy compares it without scheme",
    example: "www.example.com",
  });
}

/** A scheme or an asterisk would match nothing. */
function source(value: string, context: RefinementContext): void {
  if (!/^[^\s/*]+$/.test(value)) refuse(value, context);
}

function sourceExpression(value: string, context: RefinementContext): void {
  regexLength(value, context);
  if (/^\^?https?\??:\/\//.test(value)) refuse(value, context);
}

const sourceSchema = textMatch({
  exact: text(source).optional(),
  prefix: text(source).optional(),
  regex: text(sourceExpression).optional(),
});

export const csrfPolicySchema: z.ZodType<CSRFPolicy> = fields({
  applyToRoutes,
  filterEnabled: flag.optional(),
  shadowEnabled: flag.default(false),
  percentage: percentage.default(100),
  additionalOrigins: z.array(sourceSchema).default([]),
}).transform(({ filterEnabled, shadowEnabled, ...rest }, context): CSRFPolicy => {
  const filters = filterEnabled ?? derive([shadowEnabled], () => shadowEnabled === false);
  if (isKnown(filters) && isKnown(shadowEnabled) && filters === shadowEnabled)
    raise(context, "MW0430", { both: filters }, [shadowEnabled === true ? "shadowEnabled" : "filterEnabled"]);
  return { ...rest, filterEnabled: filters, shadowEnabled };
});

export const csrfPolicyKind = {
  section: "csrfPolicies",
  schema: csrfPolicySchema,
  actsOn: ALL_ACTIONS,
  patterns: ({ additionalOrigins }) => textPatterns(additionalOrigins, ["additionalOrigins"]),
} as const satisfies RoutePolicyDefinition<CSRFPolicy>;
