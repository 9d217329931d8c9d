import { isFlat } from "../model/topology.js";
import { placedBackends } from "./backends.js";
import { inFocus, type Rule } from "./rule.js";

export const missingLocality: Rule = {
  name: "missing-locality",
  description: "Clusters with backends of a virtual destination in several networks have a locality.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const backends = placedBackends(context, value);
      for (const { cluster, path } of backends) {
        const isSpread = backends.some((other) => !isFlat(cluster, other.cluster));
        if (!isSpread || cluster.locality !== undefined) continue;
        context.findings.add("MW0510", subject, path, { cluster: cluster.name, destination: subject.name });
      }
    }
  },
};
