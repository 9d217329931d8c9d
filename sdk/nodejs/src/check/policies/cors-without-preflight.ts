import { actsOn } from "../../model/acts-on.js";
import type { CORSPolicy } from "../../model/cors-policy.js";
import { type EffectiveRoute, type EffectiveTable, isRoot, tablesUnder } from "../../model/delegation.js";
import type { Matcher } from "../../model/match.js";
import { listedPolicies } from "../../model/policies.js";
import { selects } from "../../model/route-selector.js";
import { labelsOf } from "../../model/route-table.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { inheritedPolicies } from "../facts/inherited-policies.js";
import { type ListedRoutePolicy, listedRoutePolicies } from "../facts/listed-route-policies.js";
import { arePathsApart, isSimpleRoute, routeUnfitForPreflights, unfitForPreflights } from "../facts/preflights.js";
import type { CheckContext, Rule } from "../rule.js";

export const corsWithoutPreflight: Rule = {
  name: "cors-without-preflight",
  codes: ["MW0251"],
  description: "Preflight requests for routes with a CORS policy meet a route with one.",
  check(context) {
    for (const each of listedRoutePolicies(context)) {
      if (each.kind !== "CORSPolicy") continue;
      const policy = context.model.CORSPolicy.get(each.listed.name);
      if (policy !== undefined) judge(context, each, policy);
    }
  },
};

function judge(context: CheckContext, each: ListedRoutePolicy, policy: CORSPolicy): void {
  const { subject, table, path, kind, listed, selected } = each;
  if (policy.applyToRoutes !== undefined && !isRoot(table)) return;
  const acting = selected.filter(({ action }) => actsOn(kind, listed.value, action));
  const [first] = acting;
  const found = first && routeUnfitForPreflights(first);
  if (first === undefined || found === undefined) return;
  const tables = effectiveTables(context).filter(({ subject: root }) =>
    isRoot(table) ? root.name === subject.name : tablesUnder(context.model, root.name).has(subject.name),
  );
  const isIdle = (route: EffectiveRoute): boolean =>
    routeUnfitForPreflights(route) !== undefined &&
    (hasPreflightFields(policy) || !isSimpleRoute(route)) &&
    // conditions of delegating routes are not known here
    !tables.some((served) => answers(context, served.table, isRoot(table) ? route.matchers : []));
  if (!acting.every(isIdle)) return;
  context.findings.add("MW0251", subject, path, { policy: listed.name, route: first.name, found });
}

/** True if a policy has fields that only the answers to preflight requests carry. */
function hasPreflightFields({ allowMethods, allowHeaders, maxAge }: CORSPolicy): boolean {
  return allowMethods.length + allowHeaders.length > 0 || maxAge !== undefined;
}

/** True if a route of a table with a CORS policy may take preflight requests for these matchers. */
function answers({ model }: CheckContext, table: EffectiveTable, matchers: readonly Matcher[]): boolean {
  return table.http.some((route) => {
    const fit = route.matchers.filter((each) => unfitForPreflights(each) === undefined);
    if (route.action.kind !== "forward" || (route.matchers.length > 0 && fit.length === 0)) return false;
    if (fit.length > 0 && matchers.length > 0 && matchers.every((a) => fit.every((b) => arePathsApart(a, b))))
      return false;
    const references = [...route.policies, ...inheritedPolicies(model, table, route)];
    return listedPolicies(model, references, "CORSPolicy").some(({ value }) => selects(value, labelsOf(route, table)));
  });
}
