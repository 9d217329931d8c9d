import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../../kinds/kinds.js";
import { type EffectiveRoute, effectiveTable } from "../../model/delegation.js";
import { type ListedPolicy, listedPolicies } from "../../model/policies.js";
import { selects } from "../../model/route-selector.js";
import { labelsOf, type RouteTable } from "../../model/route-table.js";
import { policyListsOf } from "../policy-lists.js";
import { type CheckContext, inFocus } from "../rule.js";

/** A route policy that a table or one of its routes lists. */
export interface ListedRoutePolicy {
  readonly subject: Subject;
  readonly table: RouteTable;
  readonly path: Path;
  readonly kind: RoutePolicyKind;
  readonly listed: ListedPolicy<RoutePolicyKind>;
  /** The effective routes that the list is for. */
  readonly routes: readonly EffectiveRoute[];
  /** Those of them that the policy selects. */
  readonly selected: readonly EffectiveRoute[];
}

/** Returns the route policies that the tables in focus list. */
export function listedRoutePolicies(context: CheckContext): readonly ListedRoutePolicy[] {
  return inFocus(context, "RouteTable").flatMap(({ subject, value: table }) => {
    const lists = policyListsOf("RouteTable", table);
    // a table without HTTP routes has an error already
    if (lists.length === 0 || table.http.length === 0) return [];
    const routesAt = effectiveRoutes(context, subject.name);
    return lists.flatMap(({ path, references }) => {
      const routes = routesAt(path[1]);
      return ROUTE_POLICY_KINDS.flatMap((kind) =>
        listedPolicies(context.model, references, kind).map((listed): ListedRoutePolicy => {
          const selected = routes.filter((route) => selects(listed.value, labelsOf(route, table)));
          return { subject, table, path: [...path, listed.index], kind, listed, routes, selected };
        }),
      );
    });
  });
}

/** Returns the effective routes of a table: all of them, or those that one of its routes expands to. */
function effectiveRoutes({ model }: CheckContext, name: string): (index: unknown) => readonly EffectiveRoute[] {
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
