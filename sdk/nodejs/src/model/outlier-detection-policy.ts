import { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { duration } from "./duration.js";
import { fields, leaf, raise, wholeNumber } from "./schema.js";

/** The conditions under which callers eject failing endpoints. Durations are in Go's notation. */
export interface OutlierDetectionPolicy {
  readonly consecutiveErrors: Leaf<number>;
  readonly consecutiveGatewayErrors: Leaf<number>;
  readonly interval: string;
  readonly baseEjectionTime: string;
  readonly maxEjectionPercent: Leaf<number>;
}

const MOST = 2 ** 32 - 1;

const percent = z
  .int()
  .min(0)
  .max(100)
  .superRefine((value, context) => {
    if (value === 0) raise(context, "MW0413", {});
  });

export const outlierDetectionPolicySchema: z.ZodType<OutlierDetectionPolicy> = fields({
  consecutiveErrors: wholeNumber(1, MOST).default(5),
  consecutiveGatewayErrors: wholeNumber(0, MOST).default(0),
  interval: duration.default("10s"),
  baseEjectionTime: duration.default("30s"),
  maxEjectionPercent: leaf(percent).default(100),
});

export const outlierDetectionPolicyKind = {
  section: "outlierDetectionPolicies",
  schema: outlierDetectionPolicySchema,
} as const satisfies KindDefinition<OutlierDetectionPolicy>;
