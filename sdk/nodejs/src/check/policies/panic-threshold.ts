import { policyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const panicThreshold: Rule = {
  name: "panic-threshold",
  codes: ["MW0421"],
  description: "A destination whose load balancer policy has a panic threshold has outlier detection.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const balancer = policyOf(context, value, "LoadBalancerPolicy");
      if (balancer?.value.healthyPanicThreshold === undefined) continue;
      if (policyOf(context, value, "OutlierDetectionPolicy") !== undefined) continue;
      const facts = { destination: subject.name, policy: balancer.name };
      context.findings.add("MW0421", subject, balancer.path, facts);
    }
  },
};
