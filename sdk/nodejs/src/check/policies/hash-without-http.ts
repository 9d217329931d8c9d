import { isKnown } from "../../model/deferred.js";
import { isHttp } from "../facts/backends.js";
import { policyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const hashWithoutHttp: Rule = {
  name: "hash-without-http",
  codes: ["MW0424"],
  description: "Every port of a destination with a consistent hash speaks HTTP.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const balancer = policyOf(context, value, "LoadBalancerPolicy");
      if (balancer?.value.consistentHash === undefined) continue;
      for (const { number: port, protocol } of value.ports) {
        // for other protocols Istio ignores settings at port level (maybeSetHashPolicy)
        if (!isKnown(port) || !isKnown(protocol) || isHttp(protocol)) continue;
        context.findings.add("MW0424", subject, balancer.path, { policy: balancer.name, port, protocol });
      }
    }
  },
};
