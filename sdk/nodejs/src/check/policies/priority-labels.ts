import { isDeferred } from "../../model/deferred.js";
import { keyAndValue } from "../../model/failover-policy.js";
import { isFlat } from "../../model/topology.js";
import { placedBackends } from "../facts/backends.js";
import { failoverOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

/**
 * Istio sets it to the cluster whose istiod reads the endpoint (serviceentry: convertEndpoint), not the one it leads
 * to.
 */
const CLUSTER = "topology.istio.io/cluster";

export const priorityLabels: Rule = {
  name: "priority-labels",
  codes: ["MW0411", "MW0412"],
  description: "Priority labels either all have values or none has, and distinguish endpoints on other networks.",
  check(context) {
    for (const { subject, value } of inFocus(context, "FailoverPolicy")) {
      const known = value.priorityLabels.filter((label) => !isDeferred(label));
      const keys = known.filter((label) => keyAndValue(label).value === undefined);
      const pairs = known.filter((label) => keyAndValue(label).value !== undefined);
      if (keys.length > 0 && pairs.length > 0)
        context.findings.add("MW0411", subject, ["priorityLabels", "labels"], { keys, pairs });
    }
    checkClusterLabel(context);
  },
};

function checkClusterLabel(context: CheckContext): void {
  for (const { subject, value } of inFocus(context, "VirtualDestination")) {
    const failover = failoverOf(context, value);
    const label = failover?.value.priorityLabels.find((each) => keyAndValue(each).key === CLUSTER);
    if (failover === undefined || label === undefined) continue;
    const callers = context.model.Fleet.get(value.fleet)?.clusters ?? [];
    const backends = placedBackends(context, value);
    const isRemote = callers.some((caller) =>
      backends.some(({ cluster }) => !isDeferred(cluster.network + caller.network) && !isFlat(caller, cluster)),
    );
    if (isRemote) context.findings.add("MW0412", subject, failover.path, { policy: failover.name, label });
  }
}
