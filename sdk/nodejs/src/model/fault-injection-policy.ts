import { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { RoutePolicyDefinition } from "./definition.js";
import { duration } from "./duration.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, leaf, raise, wholeNumber } from "./schema.js";

/** Faults injected into requests before they are forwarded. Durations are in Go's notation. */
export interface FaultInjectionPolicy extends NarrowedToRoutes {
  readonly delay?: { readonly fixedDelay: string; readonly percentage: Leaf<number> };
  readonly abort?: { readonly httpStatus: Leaf<number>; readonly percentage: Leaf<number> };
}

/** A percentage leaf: 0, or 0.0001 to 100, because Envoy counts in millionths (Istio: validatePercentage). */
export const percentage: z.ZodType<Leaf<number>> = leaf(
  z
    .number()
    .min(0)
    .max(100)
    .superRefine((value, context) => {
      if (value > 0 && value < 0.0001)
        raise(context, "MW0104", { found: value, minimum: 0.0001, maximum: 100, unit: "percent" });
    }),
);

const delaySchema = fields({ fixedDelay: duration, percentage: percentage.default(100) });
const abortSchema = fields({ httpStatus: wholeNumber(200, 599), percentage: percentage.default(100) });

export const faultInjectionPolicySchema: z.ZodType<FaultInjectionPolicy> = fields({
  applyToRoutes,
  delay: delaySchema.optional(),
  abort: abortSchema.optional(),
}).superRefine((args, context) => {
  if (args.delay === undefined && args.abort === undefined)
    raise(context, "MW0106", { found: [], allowed: ["delay", "abort"], atMost: false, atLeast: true });
});

export const faultInjectionPolicyKind = {
  section: "faultInjectionPolicies",
  schema: faultInjectionPolicySchema,
  actsOn: ["forward"],
} as const satisfies RoutePolicyDefinition<FaultInjectionPolicy>;
