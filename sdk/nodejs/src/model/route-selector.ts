import type { z } from "zod";
import { carries } from "./labels.js";
import { fields, plainLabels, someLabels, someOf } from "./schema.js";

/** Selects routes with these labels. */
export interface RouteSelector {
  readonly labels: Readonly<Record<string, string>>;
}

/** Fields common to all route policies. */
export interface NarrowedToRoutes {
  /** The routes to apply to, matching any of the entries; absent for all routes. */
  readonly applyToRoutes?: readonly RouteSelector[];
}

const selectorSchema: z.ZodType<RouteSelector> = fields({
  route: fields({ labels: plainLabels.superRefine(someLabels) }),
}).transform(({ route }) => route);

/** The `applyToRoutes` field of route policies. */
export const applyToRoutes: z.ZodType<readonly RouteSelector[] | undefined> = someOf(selectorSchema).optional();

/** True if a policy applies to a route with these labels. */
export function selects({ applyToRoutes }: NarrowedToRoutes, labels: Readonly<Record<string, string>>): boolean {
  if (applyToRoutes === undefined) return true;
  return applyToRoutes.some((selector) => carries(labels, selector.labels));
}
