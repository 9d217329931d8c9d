import type { z } from "zod";
import { carries } from "./labels.js";
import { fields, plainLabels, someLabels, someOf } from "./schema.js";

/** Routes with these labels. */
export interface RouteSelector {
  readonly labels: Readonly<Record<string, string>>;
}

/** What all policies of routes have in common. */
export interface NarrowedToRoutes {
  /** Routes that the policy is for, any of the entries; absent where it is for all. */
  readonly applyToRoutes?: readonly RouteSelector[];
}

const selectorSchema: z.ZodType<RouteSelector> = fields({
  route: fields({ labels: plainLabels.superRefine(someLabels) }),
}).transform(({ route }) => route);

/** The `applyToRoutes` of whatever policies have it. */
export const applyToRoutes: z.ZodType<readonly RouteSelector[] | undefined> = someOf(selectorSchema).optional();

/** Whether a policy is for a route with these labels. */
export function selects({ applyToRoutes }: NarrowedToRoutes, labels: Readonly<Record<string, string>>): boolean {
  if (applyToRoutes === undefined) return true;
  return applyToRoutes.some((selector) => carries(labels, selector.labels));
}
