import type { DestinationTarget } from "../model/destination.js";
import { clustersNamed } from "../model/topology.js";
import { type Caller, callersOf } from "./callers.js";
import { perPlace } from "./crossings.js";
import { describeTarget, destinationsOf } from "./destinations.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const notInCluster: Rule = {
  name: "not-in-cluster",
  description:
    "External services and virtual destinations exist in every cluster, and for the namespace, of the gateways and sidecars that route to them.",
  check(context) {
    for (const table of inFocus(context, "RouteTable")) {
      const callers = callersOf(context, table.value);
      const gapsIn = perPlace((target) => gapsOf(context, target, callers));
      for (const { subject, destination, path } of destinationsOf(context, table)) {
        const { target } = destination;
        const { offer, outside, blind } = gapsIn(target);
        if (offer === undefined || (outside === undefined && blind === undefined)) continue;
        const place = [...path, target.kind];
        const facts = { destination: describeTarget(target) };
        if (outside !== undefined) {
          const { gateway, cluster } = outside;
          const known = [...offer.clusters];
          context.findings.add("MW0522", subject, place, {
            ...facts,
            ...(gateway !== undefined && { gateway }),
            cluster: cluster.name,
            known,
          });
        }
        if (blind !== undefined) {
          const { gateway, namespace } = blind;
          const { exportTo } = offer;
          context.findings.add("MW0524", subject, place, {
            ...facts,
            ...(gateway !== undefined && { gateway }),
            namespace,
            exportTo,
          });
        }
      }
    }
  },
};

/** Where a destination is known, and the first callers outside of that: in another cluster, in a namespace that does not see it. */
interface Gaps {
  readonly offer?: Offer;
  readonly outside?: Caller | undefined;
  readonly blind?: Caller | undefined;
}

function gapsOf(context: CheckContext, target: DestinationTarget, callers: readonly Caller[]): Gaps {
  const offer = offerOf(context, target);
  if (offer === undefined) return {};
  const { clusters, exportTo } = offer;
  return {
    offer,
    outside: callers.find(({ cluster }) => !clusters.has(cluster.name)),
    blind: callers.find(({ namespace }) => !exportTo.includes("*") && !exportTo.includes(namespace)),
  };
}

interface Offer {
  readonly clusters: ReadonlySet<string>;
  readonly exportTo: readonly string[];
}

/** Where a destination is known; undefined for Services and for what is missing. */
function offerOf({ model }: CheckContext, target: DestinationTarget): Offer | undefined {
  if (target.kind === "service") return undefined;
  const isVirtual = target.kind === "virtualDestination";
  const found = isVirtual ? model.VirtualDestination.get(target.name) : model.ExternalService.get(target.name);
  const fleet = found && model.Fleet.get(found.fleet);
  if (found === undefined || fleet === undefined) return undefined;
  const names = "clusters" in found ? found.clusters : undefined;
  return { clusters: new Set(clustersNamed(fleet, names).map(({ name }) => name)), exportTo: found.exportTo };
}
