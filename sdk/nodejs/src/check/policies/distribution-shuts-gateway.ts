import { distributes, type FailoverPolicy, localityCovers } from "../../model/failover-policy.js";
import type { Cluster, Locality } from "../../model/fleet.js";
import { backendClusters } from "../../model/topology.js";
import { certainPath } from "../facts/cluster-paths.js";
import { describeLocality, failoverOf, isKnownPlace } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

/**
 * An east-west gateway that passes TLS through follows the destination's rule too (Istio:
 * buildOutboundSniDnatClusters).
 */
export const distributionShutsGateway: Rule = {
  name: "distribution-shuts-gateway",
  codes: ["MW0415"],
  description: "A locality that receives requests from other networks keeps a share of its own requests.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const failover = failoverOf(context, value);
      const fleet = context.model.Fleet.get(value.fleet);
      if (failover === undefined || fleet === undefined || value.clientMode !== "sniRouting") continue;
      if (!distributes(failover.value) || !isAllKnown(failover.value)) continue;
      for (const cluster of backendClusters(value, fleet)) {
        const own = sharesOf(failover.value, cluster.locality);
        if (own === undefined || own.reaches(cluster)) continue;
        const caller = fleet.clusters.find(
          (each) => certainPath(each, cluster) === "mutual-tls" && mayReach(failover.value, each, cluster),
        );
        if (caller === undefined) continue;
        const facts = { policy: failover.name, cluster: cluster.name, from: own.from, caller: caller.name };
        context.findings.add("MW0415", subject, failover.path, facts);
      }
    }
  },
};

/** Returns where a policy sends the requests of a locality; undefined if no mapping covers it, or it is unknown. */
function sharesOf({ localityMappings }: FailoverPolicy, place: Locality | undefined) {
  if (place === undefined || !isKnownPlace(place)) return undefined;
  const mapping = localityMappings.find(({ from }) => localityCovers(from, place));
  if (mapping === undefined) return undefined;
  const reaches = ({ locality }: Cluster): boolean =>
    locality === undefined ||
    !isKnownPlace(locality) ||
    // a cluster may span zones: an unspecified zone may be among them
    mapping.to.some((target) => localityCovers(target, locality) || localityCovers(locality, target));
  return { from: describeLocality(mapping.from), reaches };
}

function mayReach(policy: FailoverPolicy, caller: Cluster, cluster: Cluster): boolean {
  if (caller.locality === undefined || !isKnownPlace(caller.locality)) return false;
  const place = caller.locality;
  // the remote endpoint carries the full locality of the cluster
  const mapping = policy.localityMappings.find(({ from }) => localityCovers(from, place));
  const { locality } = cluster;
  return mapping === undefined || (locality !== undefined && mapping.to.some((to) => localityCovers(to, locality)));
}

function isAllKnown({ localityMappings }: FailoverPolicy): boolean {
  return localityMappings.every(({ from, to }) => [from, ...to].every(isKnownPlace));
}
