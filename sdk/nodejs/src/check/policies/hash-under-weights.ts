import { isDeferred } from "../../model/deferred.js";
import type { RouteDestination } from "../../model/destination.js";
import { destinationsOfRoute } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { policyOf } from "../facts/policies.js";
import type { CheckContext, Rule } from "../rule.js";

export const hashUnderWeights: Rule = {
  name: "hash-under-weights",
  codes: ["MW0250"],
  description: "No route splits requests by weight among destinations of which one has a consistent hash.",
  check(context) {
    if (context.model.LoadBalancerPolicy.size === 0) return;
    for (const { table, report } of effectiveTables(context)) {
      table.http.forEach(({ name: route }, index) => {
        const placed = destinationsOfRoute(table, index);
        // a share of zero leaves the route to the others
        const parts = placed.filter(({ destination: { weight } }) => weight !== 0).length;
        if (parts < 2 || placed.some(({ destination: { weight } }) => isDeferred(weight))) return;
        placed.forEach(({ destination }, place) => {
          const policy = hashingPolicyOf(context, destination);
          if (policy === undefined || destination.weight === 0 || destination.target.kind !== "virtualDestination")
            return;
          const facts = { route, destination: destination.target.name, policy, parts };
          report("MW0250", ["http", index, "forwardTo", "destinations", place], facts);
        });
      });
    }
  },
};

function hashingPolicyOf(context: CheckContext, { target }: RouteDestination): string | undefined {
  const value = target.kind === "virtualDestination" && context.model.VirtualDestination.get(target.name);
  const policy = value ? policyOf(context, value, "LoadBalancerPolicy") : undefined;
  return policy?.value.consistentHash === undefined ? undefined : policy.name;
}
