import { inFocus, type Rule } from "../rule.js";

export const formerNames: Rule = {
  name: "former-names",
  codes: ["MW0548", "MW0549"],
  description: "A former name of a cluster is not in use by another one, and does not rename its network by accident.",
  check(context) {
    for (const { subject, value } of inFocus(context, "Fleet")) {
      value.clusters.forEach((cluster, index) => {
        cluster.formerNames.forEach((former, position) => {
          const path = ["clusters", index, "formerNames", position];
          const other = value.clusters.find((each) =>
            each === cluster ? each.name === former : [each.name, ...each.formerNames].includes(former),
          );
          if (other !== undefined) context.findings.add("MW0548", subject, path, { former, cluster: other.name });
          else if (!cluster.isNetworkNamed && position === 0)
            context.findings.add("MW0549", subject, path, { cluster: cluster.name, former });
        });
      });
    }
  },
};
