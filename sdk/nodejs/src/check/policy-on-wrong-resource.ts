import { isRoutePolicyKind, kindsOf } from "../model/policy.js";
import { policyListsOf } from "./policy-lists.js";
import { inFocus, type Rule } from "./rule.js";

export const policyOnWrongResource: Rule = {
  name: "policy-on-wrong-resource",
  description: "Policies of requests are listed on routes, tables and gateways, those of endpoints on destinations.",
  check(context) {
    for (const on of ["RouteTable", "VirtualDestination", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, on)) {
        for (const { path, references, about } of policyListsOf(on, value)) {
          references.forEach((reference, index) => {
            const [kind, ...more] = kindsOf(context.model, reference);
            if (kind === undefined || more.length > 0 || isRoutePolicyKind(kind) === (about === "routes")) return;
            context.findings.add("MW0417", subject, [...path, index], { kind, policy: reference.name, on });
          });
        }
      }
    }
  },
};
