import type { RouteDestination } from "../model/destination.js";
import type { ChosenPolicies } from "../model/effective-policies.js";
import type { PlannedRoutePolicies } from "./planned-route-policies.js";
import type { PlannedTarget } from "./planned-target.js";

/** Plans the policies of a route for clusters that resolve destinations with `targetOf`. */
export function planRoutePolicies(
  { inOrder }: ChosenPolicies,
  targetOf: (destination: RouteDestination) => PlannedTarget,
): PlannedRoutePolicies {
  return Object.fromEntries(
    inOrder.map(({ kind, applied, destinations }) => {
      const targets = Object.entries(destinations).map(([asked, each]) => [asked, targetOf(each)] as const);
      return [kind, targets.length === 0 ? applied : { ...applied, targets: Object.fromEntries(targets) }];
    }),
  );
}
