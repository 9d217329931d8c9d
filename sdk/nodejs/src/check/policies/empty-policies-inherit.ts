import { isRoutePolicyKind } from "../../kinds/kinds.js";
import { actsOn } from "../../model/acts-on.js";
import type { EffectiveRoute, EffectiveTable } from "../../model/delegation.js";
import { kindsOf } from "../../model/policies.js";
import type { PolicyReference } from "../../model/policy-reference.js";
import { selects } from "../../model/route-selector.js";
import { labelsOf } from "../../model/route-table.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { inheritedPolicies, policiesOfGateways } from "../facts/inherited-policies.js";
import type { CheckContext, Rule } from "../rule.js";

export const emptyPoliciesInherit: Rule = {
  name: "empty-policies-inherit",
  codes: ["MW0252"],
  description: "An empty list of policies stands where no policy is inherited.",
  check(context) {
    for (const { table, report } of effectiveTables(context)) {
      if (table.hasEmptyPolicies === true) {
        const policies = actingOn(context, table, policiesOfGateways(context.model, table), table.http);
        if (policies.length > 0) report("MW0252", ["policies"], { on: "table", policies });
      }
      table.http.forEach((route, index) => {
        if (route.hasEmptyPolicies !== true) return;
        const policies = actingOn(context, table, inheritedPolicies(context.model, table, route), [route]);
        if (policies.length > 0) report("MW0252", ["http", index, "policies"], { on: "route", policies });
      });
    }
  },
};

/** Returns the policies among these that act on one of the routes, as `KIND/NAME`. */
function actingOn(
  { model }: CheckContext,
  table: EffectiveTable,
  references: readonly PolicyReference[],
  routes: readonly EffectiveRoute[],
): readonly string[] {
  const found = references.flatMap((reference) =>
    kindsOf(model, reference).flatMap((kind) => {
      const value = isRoutePolicyKind(kind) ? model[kind].get(reference.name) : undefined;
      if (value === undefined || !isRoutePolicyKind(kind)) return [];
      const isActing = routes.some(
        (route) => selects(value, labelsOf(route, table)) && actsOn(kind, value, route.action),
      );
      return isActing ? [`${kind}/${reference.name}`] : [];
    }),
  );
  return [...new Set(found)];
}
