import { isDeferred } from "../../model/deferred.js";
import type { DelegationStep } from "../../model/delegation.js";
import type { UriMatch } from "../../model/match.js";
import { effectiveTables, subjectOf, throughOf } from "../facts/effective-tables.js";
import { routesOnWays } from "../facts/routes-on-ways.js";
import { conditionsOfWay } from "../facts/way-conditions.js";
import type { CheckContext, Rule } from "../rule.js";

export const repeatedPrefix: Rule = {
  name: "repeated-prefix",
  codes: ["MW0238"],
  description: "A path below a delegating route does not repeat the prefix that it follows.",
  check(context) {
    for (const served of effectiveTables(context))
      for (const { steps } of routesOnWays(context, served)) if (steps.length > 1) report(context, steps);
  },
};

function report({ findings }: CheckContext, steps: readonly DelegationStep[]): void {
  const [before, last] = [steps.slice(0, -1), steps.at(-1)];
  if (last === undefined) return;
  const parent = before.at(-1);
  const above = [
    ...conditionsOfWay(before).map(({ matcher }) => matcher),
    ...(parent?.value.http[parent.index]?.matchers ?? []),
  ];
  const prefixes = above.flatMap(({ uri }) => (uri === undefined ? [] : prefixOf(uri)));
  const route = last.value.http[last.index];
  for (const [index, { uri }] of (route?.matchers ?? []).entries()) {
    const prefix = prefixes.find((each) => uri !== undefined && isBelow(uri, each));
    if (uri === undefined || prefix === undefined) continue;
    const facts = { route: route?.name ?? "", prefix, path: uri.value };
    const path = ["http", last.index, "matchers", index, "uri", uri.kind];
    findings.add("MW0238", subjectOf(last), path, facts, throughOf(steps));
  }
}

function prefixOf({ kind, value }: UriMatch): readonly string[] {
  const prefix = value.replace(/\/$/, "");
  return kind !== "prefix" || isDeferred(value) || prefix === "" ? [] : [prefix];
}

/** True if a path, or an expression as it is written, begins with all segments of a prefix. */
function isBelow({ kind, value }: UriMatch, prefix: string): boolean {
  if (isDeferred(value)) return false;
  const path = kind === "regex" ? value.replace(/^\^/, "") : value;
  return path === prefix || path.startsWith(`${prefix}/`);
}
