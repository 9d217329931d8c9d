import type { z } from "zod";
import { RateLimitUnit } from "../args/rate-limit-policy.js";
import type { Leaf } from "./deferred.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, MOST_UINT32, oneOf, wholeNumber } from "./schema.js";

/** A rate that each proxy counts by itself, for each route. */
export interface LocalRateLimit {
  readonly requestsPerUnit: Leaf<number>;
  readonly unit: Leaf<RateLimitUnit>;
  readonly burst: Leaf<number>;
}

/** How many requests routes take. */
export interface RateLimitPolicy extends NarrowedToRoutes {
  readonly local: LocalRateLimit;
}

const count = wholeNumber(1, MOST_UINT32);

const localSchema: z.ZodType<LocalRateLimit> = fields({
  requestsPerUnit: count,
  unit: oneOf(RateLimitUnit),
  burst: count.optional(),
}).transform(({ requestsPerUnit, unit, burst }) => ({ requestsPerUnit, unit, burst: burst ?? requestsPerUnit }));

export const rateLimitPolicySchema: z.ZodType<RateLimitPolicy> = fields({ applyToRoutes, local: localSchema });
