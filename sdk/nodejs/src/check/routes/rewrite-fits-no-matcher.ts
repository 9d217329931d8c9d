import type { FactsOf } from "../../diagnostics/diagnostic.js";
import type { Route } from "../../model/route.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const rewriteFitsNoMatcher: Rule = {
  name: "rewrite-fits-no-matcher",
  codes: ["MW0207"],
  description: "Every matcher of a route with `pathRewrite` has a prefix or an exact path to replace.",
  check(context) {
    for (const { table, report } of effectiveTables(context)) {
      table.http.forEach((route, index) => {
        if (route.action.kind !== "forward" || route.action.path?.kind !== "replace") return;
        const facts = firstMisfit(route);
        if (facts !== undefined) report("MW0207", ["http", index, "forwardTo", "pathRewrite"], facts);
      });
    }
  },
};

function firstMisfit({ name, matchers }: Route): FactsOf<"MW0207"> | undefined {
  if (matchers.length === 0) return { route: name, kind: "no path" };
  const matcher = matchers.findIndex(({ uri }) => uri === undefined || uri.kind === "regex");
  if (matcher < 0) return undefined;
  const kind = matchers[matcher]?.uri === undefined ? "no path" : "a regular expression";
  return { route: name, matcher, kind };
}
