import { actsOn } from "../../model/acts-on.js";
import { isRoot } from "../../model/delegation.js";
import { type ListedRoutePolicy, listedRoutePolicies } from "../facts/listed-route-policies.js";
import type { CheckContext, Rule } from "../rule.js";

export const policyWithoutEffect: Rule = {
  name: "policy-without-effect",
  codes: ["MW0418", "MW0419"],
  description: "A policy that a table or a route lists selects at least one route with an action that it can act on.",
  check(context) {
    for (const each of listedRoutePolicies(context)) judge(context, each);
  },
};

/** Reports a policy that selects none of these routes, or only routes that it can't act on. */
function judge(
  { findings }: CheckContext,
  { subject, table, path, kind, listed: { name, value }, routes, selected }: ListedRoutePolicy,
): void {
  if (routes.length === 0 || selected.some(({ action }) => actsOn(kind, value, action))) return;
  // delegating tables may add labels to routes
  if (value.applyToRoutes !== undefined && !isRoot(table)) return;
  if (selected.length === 0) {
    const wanted = (value.applyToRoutes ?? []).map(({ labels }) => labels);
    findings.add("MW0418", subject, path, { kind, policy: name, wanted });
    return;
  }
  const [first] = selected;
  findings.add("MW0419", subject, path, { kind, policy: name, route: first?.name ?? "", routes: selected.length });
}
