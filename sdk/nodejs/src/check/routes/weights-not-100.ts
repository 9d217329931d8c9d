import type { FactsOf } from "../../diagnostics/diagnostic.js";
import { isKnown } from "../../model/deferred.js";
import type { RouteDestination } from "../../model/destination.js";
import type { Route } from "../../model/route.js";
import { connectionRoutesOf } from "../facts/destinations.js";
import { inFocus, type Rule } from "../rule.js";

export const weightsNot100: Rule = {
  name: "weights-not-100",
  codes: ["MW0203"],
  description:
    "The weights of a route add up to 100, or leave at least 1% for each destination without one (Gloo's rule).",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach((route, index) => {
        const facts = wrongWeights(route.name, forwardedBy(route));
        if (facts !== undefined)
          context.findings.add("MW0203", subject, ["http", index, "forwardTo", "destinations"], facts);
      });
      for (const { route, path } of connectionRoutesOf(table)) {
        const facts = wrongWeights(route.name, route.destinations);
        if (facts !== undefined) context.findings.add("MW0203", subject, [...path, "forwardTo", "destinations"], facts);
      }
    }
  },
};

/** Returns the problem with a route's weights, if any. The weight of a single destination is ignored. */
function wrongWeights(route: string, destinations: readonly RouteDestination[]): FactsOf<"MW0203"> | undefined {
  if (destinations.length < 2) return undefined;
  const leaves = destinations.map(({ weight }) => weight ?? null);
  const weights = leaves.filter((weight) => weight === null || isKnown(weight));
  const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  const unset = weights.filter((weight) => weight === null).length;
  const isComplete = weights.length === leaves.length;
  const isWrong = !isComplete ? total > 100 : unset === 0 ? total !== 100 : total + unset > 100;
  return isWrong ? { route, weights, total } : undefined;
}

function forwardedBy({ action }: Route): readonly RouteDestination[] {
  return action.kind === "forward" ? action.destinations : [];
}
