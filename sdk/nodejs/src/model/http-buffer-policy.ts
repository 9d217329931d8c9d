import type { z } from "zod";
import type { Leaf } from "./deferred.js";
import { ALL_ACTIONS, type RoutePolicyDefinition } from "./definition.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, MOST_UINT32, wholeNumber } from "./schema.js";

/** The size limit of request bodies. */
export interface HTTPBufferPolicy extends NarrowedToRoutes {
  readonly maxRequestBytes: Leaf<number>;
}

export const httpBufferPolicySchema: z.ZodType<HTTPBufferPolicy> = fields({
  applyToRoutes,
  maxRequestBytes: wholeNumber(1, MOST_UINT32),
});

export const httpBufferPolicyKind = {
  section: "httpBufferPolicies",
  schema: httpBufferPolicySchema,
  actsOn: ALL_ACTIONS,
} as const satisfies RoutePolicyDefinition<HTTPBufferPolicy>;
