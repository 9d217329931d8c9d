import { isKnown } from "../../model/deferred.js";
import type { Cluster } from "../../model/fleet.js";
import { backendClusters } from "../../model/topology.js";
import { failoverOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const regionWithoutCluster: Rule = {
  name: "region-without-cluster",
  codes: ["MW0409"],
  description: "A failover policy maps regions with clusters of the fleet to regions with backends.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const failover = failoverOf(context, value);
      const fleet = context.model.Fleet.get(value.fleet);
      if (failover === undefined || fleet === undefined) continue;
      const regions = { from: regionsOf(fleet.clusters), to: regionsOf(backendClusters(value, fleet)) };
      const named = failover.value.localityMappings.flatMap(({ from, to }) => [
        { side: "from" as const, region: from.region },
        ...to.map(({ region }) => ({ side: "to" as const, region })),
      ]);
      for (const { side, region } of named) {
        const known = regions[side];
        if (known === undefined || !isKnown(region) || known.includes(region)) continue;
        context.findings.add("MW0409", subject, failover.path, { policy: failover.name, region, side, known });
      }
    }
  },
};

/** Returns the regions of clusters; undefined if one is unknown, because its nodes may be anywhere. */
function regionsOf(clusters: readonly Cluster[]): readonly string[] | undefined {
  const regions = clusters.map(({ locality }) => locality?.region);
  if (!regions.every((region) => region !== undefined && isKnown(region))) return undefined;
  return [...new Set(regions.filter((region) => region !== undefined))].sort();
}
