import type { FactsOf } from "../../diagnostics/diagnostic.js";
import type { Kind } from "../../kinds/kinds.js";
import {
  isCallerPolicyKind,
  isListenerPolicyKind,
  isRoutePolicyKind,
  isUnsupportedPolicyKind,
  type PolicyKind,
} from "../../kinds/kinds.js";
import { kindsOf } from "../../model/policies.js";
import { type PolicyList, policyListsOf } from "../policy-lists.js";
import { inFocus, type Rule } from "../rule.js";

export const policyOnWrongResource: Rule = {
  name: "policy-on-wrong-resource",
  codes: ["MW0417"],
  description:
    "Each policy is listed where it acts: route policies on routes, tables and gateways, listener policies on " +
    "gateways, endpoint policies on destinations, caller policies on gateways and destinations.",
  check(context) {
    for (const on of ["RouteTable", "VirtualDestination", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, on)) {
        for (const { path, references, about } of policyListsOf(on, value)) {
          references.forEach((reference, index) => {
            const [kind, ...more] = kindsOf(context.model, reference);
            if (kind === undefined || more.length > 0 || isFor(kind, on, about)) return;
            context.findings.add("MW0417", subject, [...path, index], {
              kind,
              policy: reference.name,
              on,
              about: aboutOf(kind),
            });
          });
        }
      }
    }
  },
};

function isFor(kind: PolicyKind, on: Kind, about: PolicyList["about"]): boolean {
  if (isCallerPolicyKind(kind)) return on !== "RouteTable";
  // an unsupported policy is rejected wherever it is listed
  if (isUnsupportedPolicyKind(kind)) return true;
  return isListenerPolicyKind(kind) ? on === "VirtualGateway" : isRoutePolicyKind(kind) === (about === "routes");
}

function aboutOf(kind: PolicyKind): FactsOf<"MW0417">["about"] {
  if (isCallerPolicyKind(kind)) return "callers";
  return isListenerPolicyKind(kind) ? "listeners" : isRoutePolicyKind(kind) ? "routes" : "endpoints";
}
