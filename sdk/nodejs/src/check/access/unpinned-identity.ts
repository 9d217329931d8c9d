import { clustersNamed } from "../../model/fleet.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { inFocus, type Rule } from "../rule.js";

export const unpinnedIdentity: Rule = {
  name: "unpinned-identity",
  codes: ["MW0511"],
  description: "Services that other clusters reach by mutual TLS name their service accounts.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const fleet = context.model.Fleet.get(value.fleet);
      // where the gateway ends TLS, callers expect its identity instead
      if (fleet === undefined || value.clientMode === "tlsTermination") continue;
      value.services.forEach((service, index) => {
        if (service.serviceAccounts !== undefined) return;
        const backends = clustersNamed(fleet, service.cluster === undefined ? undefined : [service.cluster]);
        const clusters = backends
          .filter((to) => clusterPathsBetween(fleet.clusters, [to]).some(({ route }) => route === "mutual-tls"))
          .map((cluster) => cluster.name);
        if (clusters.length > 0) context.findings.add("MW0511", subject, ["services", index], { clusters });
      });
    }
  },
};
