import { inFocus, type Rule } from "../rule.js";

export const unsupportedPolicies: Rule = {
  name: "unsupported-policies",
  codes: ["MW0701", "MW0702"],
  description: "No policy requires a proxy other than open-source Envoy.",
  check(context) {
    for (const { subject } of inFocus(context, "WAFPolicy")) context.findings.add("MW0701", subject, [], {});
    for (const { subject } of inFocus(context, "DLPPolicy")) context.findings.add("MW0702", subject, [], {});
  },
};
