import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../../kinds/kinds.js";
import { actsOn } from "../../model/acts-on.js";
import { type EffectiveRoute, effectiveTable, isRoot } from "../../model/delegation.js";
import { type ListedPolicy, listedPolicies } from "../../model/policies.js";
import { selects } from "../../model/route-selector.js";
import { labelsOf, type RouteTable } from "../../model/route-table.js";
import { policyListsOf } from "../policy-lists.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const policyWithoutEffect: Rule = {
  name: "policy-without-effect",
  codes: ["MW0418", "MW0419"],
  description: "A policy that a table or a route lists selects at least one route with an action that it can act on.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const lists = policyListsOf("RouteTable", table);
      // a table without HTTP routes has an error already
      if (lists.length === 0 || table.http.length === 0) continue;
      const routesAt = servedRoutes(context, subject.name);
      for (const { path, references } of lists) {
        const routes = routesAt(path[1]);
        for (const kind of ROUTE_POLICY_KINDS) {
          for (const listed of listedPolicies(context.model, references, kind))
            judge({ context, subject, table, path: [...path, listed.index] }, kind, listed, routes);
        }
      }
    }
  },
};

/** Returns the effective routes of a table: all of them, or those that one of its routes expands to. */
function servedRoutes({ model }: CheckContext, name: string): (index: unknown) => readonly EffectiveRoute[] {
  const all = effectiveTable(model, name)?.http ?? [];
  const byRoute = new Map<number, EffectiveRoute[]>();
  for (const [at, route] of all.entries()) {
    const index = route.way?.steps[0]?.index ?? at;
    const others = byRoute.get(index);
    if (others === undefined) byRoute.set(index, [route]);
    else others.push(route);
  }
  return (index) => (typeof index === "number" ? (byRoute.get(index) ?? []) : all);
}

interface ListingPlace {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly table: RouteTable;
  readonly path: Path;
}

/** Reports a policy that selects none of these routes, or only routes that it can't act on. */
function judge(
  { context, subject, table, path }: ListingPlace,
  kind: RoutePolicyKind,
  { name, value }: ListedPolicy<RoutePolicyKind>,
  routes: readonly EffectiveRoute[],
): void {
  const selected = routes.filter((route) => selects(value, labelsOf(route, table)));
  if (routes.length === 0 || selected.some(({ action }) => actsOn(kind, value, action))) return;
  // delegating tables may add labels to routes
  if (value.applyToRoutes !== undefined && !isRoot(table)) return;
  if (selected.length === 0) {
    const wanted = (value.applyToRoutes ?? []).map(({ labels }) => labels);
    context.findings.add("MW0418", subject, path, { kind, policy: name, wanted });
    return;
  }
  const [first] = selected;
  context.findings.add("MW0419", subject, path, {
    kind,
    policy: name,
    route: first?.name ?? "",
    routes: selected.length,
  });
}
