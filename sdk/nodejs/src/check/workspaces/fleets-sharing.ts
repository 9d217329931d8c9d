import type { Rule } from "../rule.js";
import { everyOne } from "../rule.js";

export const fleetsSharing: Rule = {
  name: "fleets-sharing",
  codes: ["MW0644"],
  description: "No other fleet has a cluster of a fleet with workspaces: its resources would not know the owners.",
  check(context) {
    // programs may reuse a cluster name across fleets; resources/shared-clusters.ts then compares how they are reached
    if (context.focus !== undefined) return;
    const owned = [...new Set(everyOne(context, "Workspace").map(({ value }) => value.fleet))].sort();
    for (const { subject, value } of everyOne(context, "Fleet"))
      value.clusters.forEach(({ name: cluster }, index) => {
        const other = owned.find(
          (each) =>
            each !== subject.name &&
            context.model.Fleet.get(each)?.clusters.some(({ name }) => name === cluster) === true,
        );
        if (other !== undefined)
          context.findings.add("MW0644", subject, ["clusters", index, "name"], { cluster, other });
      });
  },
};
