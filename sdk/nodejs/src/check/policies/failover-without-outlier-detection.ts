import { distributes } from "../../model/failover-policy.js";
import { listedPolicies } from "../../model/policies.js";
import { failoverOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const failoverWithoutOutlierDetection: Rule = {
  name: "failover-without-outlier-detection",
  codes: ["MW0402"],
  description: "A destination with failover has outlier detection; a weighted distribution works without it.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const failover = failoverOf(context, value);
      if (failover === undefined || distributes(failover.value)) continue;
      if (listedPolicies(context.model, value.policies, "OutlierDetectionPolicy").length > 0) continue;
      const facts = { destination: subject.name, policy: failover.name };
      context.findings.add("MW0402", subject, failover.path, facts);
    }
  },
};
