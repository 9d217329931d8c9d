import { quote } from "../../diagnostics/words.js";
import { findCovered, type MatcherPlace } from "../coverage/find-covered.js";
import { effectiveTables, type ReportableTable } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const unreachableRoute: Rule = {
  name: "unreachable-route",
  codes: ["MW0205", "MW0206"],
  description: "No route and no matcher of a route follows a matcher that already matches all of its requests.",
  check(context) {
    for (const served of effectiveTables(context)) {
      // neither the order nor the existence of such a matcher is certain
      if (served.table.undecided.length > 0) continue;
      findCovered(served.table.http, context.compileRegex).covers.forEach((covers, index) => {
        reportCovered(served, index, covers);
      });
    }
  },
};

function reportCovered(served: ReportableTable, index: number, covers: readonly (MatcherPlace | undefined)[]): void {
  const { table, report } = served;
  const route = table.http[index]?.name ?? "";
  const first = covers[0];
  // no matcher of its own route precedes the first one, so another route covers it
  if (first !== undefined && covers.every((by) => by !== undefined)) {
    report("MW0205", ["http", index], { route, ...coverOf(served, index, first.route) });
    return;
  }
  covers.forEach((cover, matcher) => {
    if (cover === undefined) return;
    const { by, byIndex } = coverOf(served, index, cover.route);
    const other = byIndex === undefined ? quote(by) : `${quote(by)} (http[${byIndex}])`;
    const own = table.http[index]?.way?.matchers ?? [];
    const at = own.length === 0 ? cover.matcher : own[cover.matcher];
    // under several matchers of a delegating route, the route's own matcher may follow itself
    if (cover.route === index && at === own[matcher] && own.length > 0) return;
    const isOwn = cover.route === index && at !== undefined;
    report("MW0206", ["http", index, "matchers", matcher], { route, by: isOwn ? `\`matchers[${at}]\`` : other });
  });
}

/** Returns the name of the earlier route, and its index if it is in the same table. */
function coverOf(
  { table }: ReportableTable,
  index: number,
  first: number,
): { readonly by: string; readonly byIndex?: number } {
  const by = table.http[first]?.name ?? "";
  const [own, other] = [table.http[index]?.way?.steps.at(-1), table.http[first]?.way?.steps.at(-1)];
  if (own === undefined || other === undefined) return { by, byIndex: first };
  return own.value === other.value ? { by, byIndex: other.index } : { by: `${other.table}/${by}` };
}
