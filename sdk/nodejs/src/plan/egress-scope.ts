import type { Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import type { Model } from "../model/model.js";
import { serviceHost } from "../model/topology.js";
import type { IncludedDestination, TrimProxyConfigPolicy } from "../model/trim-proxy-config-policy.js";
import type { PlannedEgressScope } from "./types.js";

/** Plans the egress scope of sidecars for each cluster of their workloads. */
export function planEgressScope(
  name: string,
  { workloads, includedDestinations }: TrimProxyConfigPolicy,
  { model, fleet }: { readonly model: Model; readonly fleet: Fleet },
): { cluster: string; trim: PlannedEgressScope }[] {
  const { namespace, labels, clusters } = workloads;
  return clustersNamed(fleet, clusters).map((cluster) => ({
    cluster: cluster.name,
    trim: {
      maker: { kind: "TrimProxyConfigPolicy", name },
      namespace,
      ...(labels && { labels }),
      hosts: includedDestinations.flatMap((each) => hostsOf(each, model, cluster)),
    },
  }));
}

function hostsOf(
  included: IncludedDestination,
  model: Model,
  cluster: Parameters<typeof serviceHost>[1],
): readonly string[] {
  switch (included.kind) {
    case "service":
      return [serviceHost(included, cluster)];
    case "virtualDestination":
      return model.VirtualDestination.get(included.name)?.hosts ?? [];
    case "externalService":
      return model.ExternalService.get(included.name)?.hosts ?? [];
  }
}
