import { isFlat } from "../../model/topology.js";
import { placedBackends } from "../facts/backends.js";
import { failoverOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

/** Labels that remote endpoints inherit from the locality of their cluster. */
const FROM_LOCALITY = /^(topology\.kubernetes\.io\/(region|zone)|topology\.istio\.io\/subzone)(=|$)/;

export const missingLocality: Rule = {
  name: "missing-locality",
  codes: ["MW0410", "MW0510"],
  description:
    "Clusters have a locality if backends of a virtual destination span several networks; failover requires it.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const failover = failoverOf(context, value);
      const labels = failover?.value.priorityLabels ?? [];
      const isNeeded = labels.length === 0 || labels.some((label) => FROM_LOCALITY.test(label));
      const backends = placedBackends(context, value);
      for (const { cluster, path } of backends) {
        const isSpread = backends.some((other) => !isFlat(cluster, other.cluster));
        if (!isSpread || cluster.locality !== undefined) continue;
        const facts = { cluster: cluster.name, destination: subject.name };
        if (failover === undefined || !isNeeded) context.findings.add("MW0510", subject, path, facts);
        else context.findings.add("MW0410", subject, failover.path, { ...facts, policy: failover.name });
      }
    }
  },
};
