import { namespacesOf } from "../../model/workspace.js";
import { claim, everyOne, type Rule } from "../rule.js";

export const namespaceOwnedTwice: Rule = {
  name: "namespace-owned-twice",
  codes: ["MW0606"],
  description: "A namespace of a cluster belongs to one workspace.",
  check(context) {
    for (const { subject, value } of everyOne(context, "Workspace")) {
      const fleet = context.model.Fleet.get(value.fleet);
      if (fleet === undefined) continue;
      for (const { cluster, namespace } of namespacesOf(value, fleet)) {
        const key = `Namespace/${value.fleet}/${cluster.name}/${namespace}`;
        const other = claim(context, subject, key, subject.name);
        if (other === undefined) continue;
        const path = ["workloadClusters"];
        context.findings.add("MW0606", subject, path, { namespace, cluster: cluster.name, other });
      }
    }
  },
};
