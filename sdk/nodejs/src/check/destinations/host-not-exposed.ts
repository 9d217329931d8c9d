import type { FactsOf } from "../../diagnostics/diagnostic.js";
import type { Cluster } from "../../model/fleet.js";
import { serviceHost } from "../../model/topology.js";
import { placedBackends } from "../facts/backends.js";
import { clusterPathsBetween, clusterPathsOf, isHidden } from "../facts/cluster-paths.js";
import { effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { inFocus, type Rule } from "../rule.js";

export const hostNotExposed: Rule = {
  name: "host-not-exposed",
  codes: ["MW0518"],
  description: "East-west gateways expose the hosts of virtual destinations and Services that other networks call.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const callers = context.model.Fleet.get(value.fleet)?.clusters ?? [];
      for (const { cluster } of placedBackends(context, value)) {
        const clusterPaths = clusterPathsBetween(callers, [cluster]);
        if (!clusterPaths.some(({ route }) => route === "mutual-tls" || route === "plaintext")) continue;
        value.hosts.forEach((host, index) => {
          const facts = hidden(host, cluster);
          if (facts !== undefined) context.findings.add("MW0518", subject, ["hosts", index], facts);
        });
      }
    }
    for (const served of effectiveTables(context)) {
      const ways = clusterPathsOf(context, served.table);
      for (const { destination, path, report } of effectiveDestinations(context, served)) {
        const { target } = destination;
        if (target.kind !== "service") continue;
        const clusterPath = ways(target).first.get("mutual-tls");
        const facts = clusterPath && hidden(serviceHost(target, clusterPath.to), clusterPath.to);
        if (facts !== undefined) report("MW0518", [...path, "service"], facts);
      }
    }
  },
};

/** The facts about a host that the cluster's east-west gateway certainly does not expose. */
function hidden(host: string, { name, eastWestGateway }: Cluster): FactsOf<"MW0518"> | undefined {
  if (!isHidden(eastWestGateway, host)) return undefined;
  return { host, cluster: name, exposed: eastWestGateway?.exposedHosts ?? [] };
}
