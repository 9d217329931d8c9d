import type { DestinationPolicyKind } from "../../kinds/kinds.js";
import { isDeferred, isKnown } from "../../model/deferred.js";
import { distributes } from "../../model/failover-policy.js";
import type { Cluster, Fleet } from "../../model/fleet.js";
import type { ConsistentHash } from "../../model/load-balancer-policy.js";
import { backendClusters, isFlat, pathBetween } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { describeLocality, failoverOf, isKnownPlace, policyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const consistentHashReach: Rule = {
  name: "consistent-hash-reach",
  codes: ["MW0422", "MW0423"],
  description: "Requests with the same hash reach the same pod, regardless of the caller and its location.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const balancer = policyOf(context, value, "LoadBalancerPolicy");
      const fleet = context.model.Fleet.get(value.fleet);
      const hash = balancer?.value.consistentHash;
      if (balancer === undefined || hash === undefined || fleet === undefined) continue;
      const { name: policy, path } = balancer;
      const by = preferredBy(context, value);
      const places = placesOf(fleet.clusters);
      const clusters = clustersBehindGateways(value, fleet, hash);
      if (by !== undefined && places.length > 1)
        context.findings.add("MW0422", subject, path, { policy, places, ...by });
      // callers that prefer their own locality use the gateway only while pods there fail
      else if (by === undefined && clusters.length > 0)
        context.findings.add("MW0423", subject, path, { policy, clusters });
    }
  },
};

/** Returns the policy that makes callers prefer endpoints depending on their own location. */
function preferredBy(
  context: CheckContext,
  destination: VirtualDestination,
): { readonly kind: DestinationPolicyKind; readonly by: string } | undefined {
  const failover = failoverOf(context, destination);
  const outlier = policyOf(context, destination, "OutlierDetectionPolicy");
  const labels = failover?.value.priorityLabels ?? [];
  // labels with values are the same for all callers
  if (labels.length > 0 && labels.every((label) => isDeferred(label) || label.includes("="))) return undefined;
  if (failover !== undefined && distributes(failover.value)) return { kind: "FailoverPolicy", by: failover.name };
  return outlier && { kind: "OutlierDetectionPolicy", by: outlier.name };
}

/** Returns the known localities of clusters. */
function placesOf(clusters: readonly Cluster[]): readonly string[] {
  const known = clusters.flatMap(({ locality }) =>
    locality && isKnownPlace(locality) ? [describeLocality(locality)] : [],
  );
  return [...new Set(known)].sort();
}

/**
 * Returns the clusters whose east-west gateway can't pick a pod by the hash: it sees no requests, or only the address
 * of the proxy that sent them.
 */
function clustersBehindGateways(
  destination: VirtualDestination,
  fleet: Fleet,
  hash: ConsistentHash,
): readonly string[] {
  const far = backendClusters(destination, fleet).filter((backend) =>
    fleet.clusters.some((caller) => {
      const isDecided = [caller, backend].every(({ network, undecided }) => isKnown(network) && undecided.length === 0);
      if (!isDecided || isFlat(caller, backend)) return false;
      const route = pathBetween(caller, backend);
      return route === "mutual-tls" || (route === "plaintext" && hash.kind === "sourceIp");
    }),
  );
  return far.map(({ name }) => name);
}
