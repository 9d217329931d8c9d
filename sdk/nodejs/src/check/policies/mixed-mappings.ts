import { inFocus, type Rule } from "../rule.js";

export const mixedMappings: Rule = {
  name: "mixed-mappings",
  codes: ["MW0403"],
  description: "Either all targets of a failover policy have weights, or none has.",
  check(context) {
    for (const { subject, value } of inFocus(context, "FailoverPolicy")) {
      const targets = value.localityMappings.flatMap(({ to }) => to);
      const weighted = targets.filter(({ weight }) => weight !== undefined).length;
      if (weighted === 0 || weighted === targets.length) continue;
      context.findings.add("MW0403", subject, ["localityMappings"], { weighted, targets: targets.length });
    }
  },
};
