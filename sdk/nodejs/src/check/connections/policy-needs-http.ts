import { ROUTE_POLICY_KINDS } from "../../kinds/kinds.js";
import { listedPolicies } from "../../model/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const policyNeedsHttp: Rule = {
  name: "policy-needs-http",
  codes: ["MW0229"],
  description: "A table that lists route policies has HTTP routes.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      if (table.http.length > 0) continue;
      for (const kind of ROUTE_POLICY_KINDS) {
        for (const { name, index } of listedPolicies(context.model, table.policies, kind))
          context.findings.add("MW0229", subject, ["policies", index], { kind, policy: name });
      }
    }
  },
};
