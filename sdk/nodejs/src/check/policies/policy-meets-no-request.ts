import type { FactsOf } from "../../diagnostics/diagnostic.js";
import { actsOn } from "../../model/acts-on.js";
import { isDeferred, isKnown } from "../../model/deferred.js";
import { type EffectiveRoute, isRoot } from "../../model/delegation.js";
import type { Matcher } from "../../model/match.js";
import type { Model } from "../../model/model.js";
import { listedRoutePolicies } from "../facts/listed-route-policies.js";
import type { CheckContext, Rule } from "../rule.js";

export const policyMeetsNoRequest: Rule = {
  name: "policy-meets-no-request",
  codes: ["MW0253"],
  description: "A policy acts on some of the requests or responses of the routes that it selects.",
  check(context) {
    for (const { subject, table, path, kind, listed, selected } of listedRoutePolicies(context)) {
      if (listed.value.applyToRoutes !== undefined && !isRoot(table)) continue;
      const acting = selected.filter(({ action }) => actsOn(kind, listed.value, action));
      const reasons = acting.map((route) => reasonFor(context, kind, listed.name, route));
      const [first, reason] = [acting[0], reasons[0]];
      if (first === undefined || reason === undefined || reasons.includes(undefined)) continue;
      context.findings.add("MW0253", subject, path, { kind, policy: listed.name, route: first.name, reason });
    }
  },
};

type Reason = FactsOf<"MW0253">["reason"];

function reasonFor({ model }: CheckContext, kind: string, name: string, route: EffectiveRoute): Reason | undefined {
  switch (kind) {
    case "CSRFPolicy":
      return route.matchers.length > 0 && route.matchers.every(modifiesNothing) ? "methods" : undefined;
    case "CompressionPolicy":
      return compressesNothing(model, name, route);
    case "HeaderManipulationPolicy": {
      const { response } = model.HeaderManipulationPolicy.get(name) ?? {};
      return changesNothing(response) && route.action.kind !== "forward" ? "requests" : undefined;
    }
    case "TransformationPolicy": {
      const policy = model.TransformationPolicy.get(name);
      return policy?.response === undefined && route.action.kind !== "forward" ? "requests" : undefined;
    }
    default:
      return undefined;
  }
}

/** Methods that modify state (Envoy: isModifyMethod in csrf_filter.cc). */
const MODIFYING: readonly string[] = ["POST", "PUT", "DELETE", "PATCH"];

function modifiesNothing({ method }: Matcher): boolean {
  return method !== undefined && !isDeferred(method) && !MODIFYING.includes(method);
}

function changesNothing(
  changes: { readonly remove: readonly string[]; readonly set: object; readonly append: object } | undefined,
): boolean {
  if (changes === undefined) return false;
  return changes.remove.length + Object.keys(changes.set).length + Object.keys(changes.append).length === 0;
}

/** Envoy's own responses are compressed if they are long enough; redirects have no body. */
function compressesNothing(model: Model, name: string, { action }: EffectiveRoute): Reason | undefined {
  if (action.kind === "redirect") return "no body";
  if (action.kind !== "directResponse") return undefined;
  const { body = "" } = action;
  const least = model.CompressionPolicy.get(name)?.minContentLength;
  if (isDeferred(body) || least === undefined || !isKnown(least)) return undefined;
  return body === "" ? "no body" : Buffer.byteLength(body) < least ? "short body" : undefined;
}
