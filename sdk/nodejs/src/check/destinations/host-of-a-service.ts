import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const hostOfAService: Rule = {
  name: "host-of-a-service",
  codes: ["MW0507"],
  description: "No host of a virtual destination is in the Kubernetes Service domain of a cluster.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const clusters = context.model.Fleet.get(value.fleet)?.clusters ?? [];
      const domains = clusters.map((cluster) => cluster.clusterDomain).filter((domain) => !isDeferred(domain));
      const suffixes = [...new Set(domains.map((domain) => `svc.${domain.toLowerCase()}`))];
      value.hosts.forEach((host, index) => {
        if (isDeferred(host)) return;
        const suffix = suffixes.find((one) => `.${host.toLowerCase()}`.endsWith(`.${one}`));
        if (suffix !== undefined) context.findings.add("MW0507", subject, ["hosts", index], { host, suffix });
      });
    }
  },
};
