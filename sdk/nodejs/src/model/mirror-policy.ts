import type { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { RoutePolicyDefinition } from "./definition.js";
import { policyDestinationSchema, type RouteDestination } from "./destination.js";
import { percentage } from "./fault-injection-policy.js";
import type { MakesRequests } from "./policy-destination.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields } from "./schema.js";

/** The destination for copies of requests. */
export interface MirrorPolicy extends NarrowedToRoutes, MakesRequests {
  readonly destinations: { readonly server: RouteDestination };
  readonly percentage: Leaf<number>;
}

export const mirrorPolicySchema: z.ZodType<MirrorPolicy> = fields({
  applyToRoutes,
  destination: policyDestinationSchema,
  percentage: percentage.default(100),
}).transform(({ destination, ...rest }) => ({ ...rest, destinations: { server: destination } }));

export const mirrorPolicyKind = {
  section: "mirrorPolicies",
  schema: mirrorPolicySchema,
  actsOn: ["forward"],
  destinations: () => ["destination"],
} as const satisfies RoutePolicyDefinition<MirrorPolicy>;
