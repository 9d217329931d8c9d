import type { Subject } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import type { RouteTable } from "../model/route-table.js";
import { findCovered, type MatcherPlace } from "./coverage/find-covered.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const unreachableRoute: Rule = {
  name: "unreachable-route",
  description: "No route, and no matcher of a route, comes after a matcher that takes all of its requests.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      findCovered(table.http, context.compileRegex).covers.forEach((covers, index) => {
        report(context, subject, { table, index, covers });
      });
    }
  },
};

interface RouteCoverage {
  readonly table: RouteTable;
  readonly index: number;
  readonly covers: readonly (MatcherPlace | undefined)[];
}

function report(context: CheckContext, subject: Subject, { table, index, covers }: RouteCoverage): void {
  const nameOf = (route: number) => table.http[route]?.name ?? "";
  const route = nameOf(index);
  const first = covers[0];
  // the first matcher has none of its own route before it, so its cover is another route
  if (first !== undefined && covers.every((by) => by !== undefined)) {
    const facts = { route, by: nameOf(first.route), byIndex: first.route };
    context.findings.add("MW0205", subject, ["http", index], facts);
    return;
  }
  covers.forEach((cover, matcher) => {
    if (cover === undefined) return;
    const isOwn = cover.route === index;
    const by = isOwn ? `\`matchers[${cover.matcher}]\`` : `${quote(nameOf(cover.route))} (http[${cover.route}])`;
    context.findings.add("MW0206", subject, ["http", index, "matchers", matcher], { route, by });
  });
}
