import { NETWORK_LABEL, TLS_LABEL } from "../../kube/istio-labels.js";
import { isDeferred } from "../../model/deferred.js";
import { mayClaimAddress } from "../../model/may-claim.js";
import { holderOf, ownOf } from "../facts/holder.js";
import { touchFleet } from "../facts/touch.js";
import { inFocus, type Rule } from "../rule.js";

export const endpointLabels: Rule = {
  name: "endpoint-labels",
  codes: ["MW0646"],
  description: "No endpoint of an external service has labels by which Istio leads elsewhere, or without mutual TLS.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) {
      const holder = holderOf(context, value);
      if (holder === undefined) continue;
      value.endpoints.forEach(({ address, labels }, index) => {
        if (isDeferred(address) || mayClaimAddress(holder.consents, address)) return;
        for (const [label, text] of Object.entries(labels)) {
          if (!leadsElsewhere(label, text)) continue;
          const path = ["endpoints", index, "labels", label];
          touchFleet({ context, subject, holder, path }, "MW0646", { label, ...ownOf(holder) });
        }
      });
    }
  },
};

/** The guard in the cluster holds the same: any network, and each mode but that of the mesh. */
function leadsElsewhere(label: string, value: string): boolean {
  return label === NETWORK_LABEL || (label === TLS_LABEL && value !== "istio" && !isDeferred(value));
}
