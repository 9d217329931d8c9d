import { SortMethod } from "../../args/route-table.js";
import type { FactsOf } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import type { DelegationStep } from "../../model/delegation.js";
import { effectiveTables, subjectOf, throughOf } from "../facts/effective-tables.js";
import { isMatcherReached, isReached, knowsAllWays } from "../facts/reach.js";
import { type RouteOnWay, routesOnWays } from "../facts/routes-on-ways.js";
import type { CheckContext, Rule } from "../rule.js";

export const unreachableRoute: Rule = {
  name: "unreachable-route",
  codes: ["MW0205", "MW0206", "MW0230"],
  description: "No route and no matcher of a route follows a matcher that already matches all of its requests.",
  check(context) {
    for (const served of effectiveTables(context))
      for (const route of routesOnWays(context, served)) reportCovered(context, route);
  },
};

function reportCovered(context: CheckContext, route: RouteOnWay): void {
  const { steps, coveredBy, isBelowCovered } = route;
  const last = steps.at(-1);
  // if the delegating route lost these requests, the routes below it are not to blame
  if (last === undefined || isBelowCovered) return;
  if (coveredBy === undefined) {
    reportMatchers(context, route, last);
    return;
  }
  const by = coveredBy.steps.at(-1);
  // the route answers either way
  if (by?.table === last.table && by.index === last.index) return;
  const isCertain = knowsAllWays(context, steps) && !isReached(context, last);
  const facts = coverOf(route, coveredBy);
  context.findings.add(isCertain ? "MW0205" : "MW0230", subjectOf(last), ["http", last.index], facts, throughOf(steps));
}

function reportMatchers(context: CheckContext, route: RouteOnWay, last: DelegationStep): void {
  const reported = new Set<number>();
  for (const { origin, by } of route.matchers) {
    if (by === undefined || origin === undefined || reported.has(origin)) continue;
    if (isMatcherReached(context, last, origin)) continue;
    reported.add(origin);
    const isOwn = by.route.leaf === route.leaf && by.origin !== undefined;
    const { by: name, byIndex } = coverOf(route, by.route);
    const other = byIndex === undefined ? quote(name) : `${quote(name)} (http[${byIndex}])`;
    const facts = { route: nameOf(last), by: isOwn ? `\`matchers[${by.origin}]\`` : other };
    context.findings.add(
      "MW0206",
      subjectOf(last),
      ["http", last.index, "matchers", origin],
      facts,
      throughOf(route.steps),
    );
  }
}

/** Names the earlier route, and what decides that it precedes this one: the order in a table, or weights. */
function coverOf({ steps }: RouteOnWay, cover: RouteOnWay): FactsOf<"MW0205"> {
  const at = steps.findIndex(
    ({ table, index }, i) => cover.steps[i]?.table !== table || cover.steps[i]?.index !== index,
  );
  const [last, by, own, other] = [steps.at(-1), cover.steps.at(-1), steps[at], cover.steps[at]];
  const isOfSameTable = last !== undefined && by?.table === last.table;
  const names = { route: nameOf(last), by: isOfSameTable ? nameOf(by) : qualified(by) };
  if (own === undefined || other === undefined || steps.slice(0, at).some(isSorted)) return names;
  if (own.table !== other.table) return { ...names, table: own.table };
  if (own === last && other === by) return { ...names, byIndex: other.index };
  return { ...names, moved: qualified(own), before: qualified(other) };
}

/** True if the routes below a delegating route are in order of their conditions. */
function isSorted({ value, index }: DelegationStep): boolean {
  const action = value.http[index]?.action;
  return action?.kind === "delegate" && action.sortMethod !== SortMethod.TableWeight;
}

function nameOf(step: DelegationStep | undefined): string {
  return step?.value.http[step.index]?.name ?? "";
}

function qualified(step: DelegationStep | undefined): string {
  return `${step?.table ?? ""}/${nameOf(step)}`;
}
