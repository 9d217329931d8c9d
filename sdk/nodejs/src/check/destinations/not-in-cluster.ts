import type { DestinationTarget } from "../../model/destination.js";
import type { Cluster } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import { isVisible, seersOf, seersOfService } from "../../model/visibility.js";
import { ownerOf } from "../../model/workspace.js";
import { type CallingProxies, callingProxiesOf } from "../facts/callers.js";
import { perPlace } from "../facts/cluster-paths.js";
import { describeDestinationTarget, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { CheckContext, Rule } from "../rule.js";

export const notInCluster: Rule = {
  name: "not-in-cluster",
  codes: ["MW0522", "MW0524"],
  description:
    "Gateways and sidecars route only to destinations that exist in their cluster and are exported to their namespace.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const callers = callingProxiesOf(context, served.table);
      const gapsIn = perPlace((target) => gapsOf(context, target, callers));
      for (const { destination, path, report } of effectiveDestinations(context, served)) {
        const { target } = destination;
        const { offer, outside, blind } = gapsIn(target);
        if (offer === undefined || (outside === undefined && blind === undefined)) continue;
        const place = [...path, target.kind];
        const facts = { destination: describeDestinationTarget(target) };
        if (outside !== undefined) {
          const { gateway, cluster } = outside;
          const known = [...offer.clusters];
          report("MW0522", place, {
            ...facts,
            ...(gateway !== undefined && { gateway }),
            cluster: cluster.name,
            known,
          });
        }
        if (blind !== undefined) {
          const { gateway, namespace, cluster } = blind;
          const { seers, sharedBy } = offer;
          report("MW0524", place, {
            ...facts,
            ...(gateway !== undefined && { gateway }),
            namespace,
            exportTo: seers(cluster),
            ...(sharedBy !== undefined && { sharedBy }),
          });
        }
      }
    }
  },
};

/**
 * The offer of a destination, and the first callers outside of it: in another cluster, in a namespace that can't see
 * it.
 */
interface Gaps {
  readonly offer?: Offer;
  readonly outside?: CallingProxies | undefined;
  readonly blind?: CallingProxies | undefined;
}

function gapsOf(context: CheckContext, target: DestinationTarget, callers: readonly CallingProxies[]): Gaps {
  const offer = offerOf(context, target);
  if (offer === undefined) return {};
  const { clusters, seers } = offer;
  return {
    offer,
    outside: callers.find(({ cluster }) => !clusters.has(cluster.name)),
    blind: callers.find(({ namespace, cluster }) => !isVisible(seers(cluster), namespace)),
  };
}

interface Offer {
  readonly clusters: ReadonlySet<string>;
  /** The namespaces of a cluster that see the destination. */
  readonly seers: (cluster: Cluster) => readonly string[];
  /** The workspace whose settings export it; absent if its own `exportTo` does. */
  readonly sharedBy?: string;
}

/** Returns where a destination exists; undefined for Services and for missing resources. */
function offerOf({ model }: CheckContext, target: DestinationTarget): Offer | undefined {
  if (target.kind === "service") return undefined;
  const { name } = target;
  const destination = target.kind === "virtualDestination" ? model.VirtualDestination.get(name) : undefined;
  const service = target.kind === "externalService" ? model.ExternalService.get(name) : undefined;
  const fleet = model.Fleet.get((destination ?? service)?.fleet ?? "");
  if (fleet === undefined) return undefined;
  const clusters = new Set(clustersNamed(fleet, service?.clusters).map((cluster) => cluster.name));
  const { exportTo, workspace } = destination ?? service ?? {};
  const sharedBy = exportTo === undefined ? ownerOf(model, workspace)?.name : undefined;
  const offer = { clusters, ...(sharedBy !== undefined && { sharedBy }) };
  if (destination !== undefined)
    return { ...offer, seers: (cluster) => seersOf({ model, fleet, cluster }, name, destination) };
  if (service === undefined) return undefined;
  return { ...offer, seers: (cluster) => seersOfService({ model, fleet, cluster }, name, service) };
}
