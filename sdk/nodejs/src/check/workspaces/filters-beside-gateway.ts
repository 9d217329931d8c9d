import type { EffectiveTable } from "../../model/delegation.js";
import { kindsOf } from "../../model/policies.js";
import type { PolicyReference } from "../../model/policy-reference.js";
import { homeOf } from "../../model/table-home.js";
import { clustersOf } from "../facts/callers.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { CheckContext, Rule } from "../rule.js";

/** The kinds of policies without a field in Istio's routes. */
const WITH_FILTERS: ReadonlySet<string> = new Set([
  "CSRFPolicy",
  "ExtAuthPolicy",
  "HTTPBufferPolicy",
  "JWTPolicy",
  "RateLimitPolicy",
  "TransformationPolicy",
]);

export const filtersBesideGateway: Rule = {
  name: "filters-beside-gateway",
  codes: ["MW0639"],
  description: "Policies rendered in the gateway's namespace are reported if their routes are in the team's namespace.",
  check(context) {
    const { model } = context;
    for (const { subject, table } of effectiveTables(context)) {
      const fleet = model.Fleet.get(table.fleet);
      const policies = filtersOf(context, table);
      if (fleet === undefined || policies.length === 0) continue;
      const away = table.virtualGateways.flatMap((name) => {
        const gateway = model.VirtualGateway.get(name);
        if (gateway === undefined) return [];
        return clustersOf(context, gateway).flatMap((cluster) => {
          const home = homeOf(model, table, { fleet, cluster });
          return home === undefined || home === gateway.namespace ? [] : [{ home, gateway: gateway.namespace }];
        });
      });
      const [first] = away;
      if (first === undefined) continue;
      const gateways = [...new Set(away.map(({ gateway }) => gateway))].sort();
      const path = table.namespace === undefined ? [] : ["namespace"];
      context.findings.add("MW0639", subject, path, { namespace: first.home, gateways, policies });
    }
  },
};

/** Returns the policies of a table and its routes that require a filter. */
function filtersOf({ model }: CheckContext, { policies, http }: EffectiveTable): readonly string[] {
  const needsFilter = (reference: PolicyReference): boolean =>
    kindsOf(model, reference).some((kind) => WITH_FILTERS.has(kind));
  const listed = [...policies, ...http.flatMap((route) => route.policies)];
  return [...new Set(listed.filter(needsFilter).map(({ name }) => name))].sort();
}
