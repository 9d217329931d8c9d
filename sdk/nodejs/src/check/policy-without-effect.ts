import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { actsOn } from "../model/acts-on.js";
import { type ListedPolicy, listedPolicies, ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../model/policy.js";
import { selects } from "../model/route-selector.js";
import { labelsOf, type Route, type RouteTable } from "../model/route-table.js";
import { policyListsOf } from "./policy-lists.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const policyWithoutEffect: Rule = {
  name: "policy-without-effect",
  description:
    "A policy that a table or a route lists acts on requests: it selects a route, and that route's action is one that it can act on.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      for (const { path, references } of policyListsOf("RouteTable", table)) {
        const [, index] = path;
        // without routes of requests there is an error already
        if (table.http.length === 0) continue;
        const routes = typeof index === "number" ? table.http.slice(index, index + 1) : table.http;
        for (const kind of ROUTE_POLICY_KINDS) {
          for (const listed of listedPolicies(context.model, references, kind))
            judge({ context, subject, table, path: [...path, listed.index] }, kind, listed, routes);
        }
      }
    }
  },
};

interface Place {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly table: RouteTable;
  readonly path: Path;
}

/** Reports a policy that selects none of these routes, or only such as it can't act on. */
function judge(
  { context, subject, table, path }: Place,
  kind: RoutePolicyKind,
  { name, value }: ListedPolicy<RoutePolicyKind>,
  routes: readonly Route[],
): void {
  const selected = routes.filter((route) => selects(value, labelsOf(route, table)));
  if (selected.some(({ action }) => actsOn(kind, value, action))) return;
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
