import { listedPolicies, POLICY_KINDS } from "../model/policy.js";
import { inFocus, type Rule } from "./rule.js";

export const twoPoliciesOfAKind: Rule = {
  name: "two-policies-of-a-kind",
  description: "A resource lists one policy of each kind; which one is meant is never left to their age.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      for (const kind of POLICY_KINDS) {
        const [first, ...more] = listedPolicies(context.model, value.policies, kind);
        for (const { name, index } of more) {
          // the same policy twice is a duplicate entry
          if (first === undefined || first.name === name) continue;
          context.findings.add("MW0401", subject, ["policies", index], { kind, first: first.name, second: name });
        }
      }
    }
  },
};
