import { Mesh } from "../args/fleet.js";
import { PRIVATE_DOMAIN } from "../kube/names.js";
import { derive, isDeferred } from "../model/deferred.js";
import type { Cluster, EastWestGateway, Fleet } from "../model/fleet.js";
import type { PlannedEastWestGateway } from "./types.js";

/** Plans the east-west gateways of a fleet's clusters. */
export function planEastWestGateways(
  name: string,
  fleet: Fleet,
): { cluster: string; gateway: PlannedEastWestGateway }[] {
  return fleet.clusters.flatMap((cluster) => {
    const gateway = planEastWestGateway(name, cluster);
    return gateway === undefined ? [] : [{ cluster: cluster.name, gateway }];
  });
}

function planEastWestGateway(fleet: string, cluster: Cluster): PlannedEastWestGateway | undefined {
  const gateway = cluster.eastWestGateway;
  if (gateway === undefined) return undefined;
  return {
    maker: { kind: "Fleet", name: fleet },
    namespace: gateway.namespace,
    labels: gateway.labels,
    port: gateway.port,
    mode: derive([cluster.mesh], () => (cluster.mesh === Mesh.None ? "PLAINTEXT" : "SNI_PASSTHROUGH")),
    hosts: hostsOf(cluster, gateway),
    ...(isDeferred(cluster.mesh) && { shapedBy: cluster.mesh }),
  };
}

/** Over plaintext, callers reach this cluster's Services by private hosts, which nobody outside the fleet knows. */
function hostsOf({ mesh }: Cluster, { exposedHosts }: EastWestGateway): readonly string[] {
  return mesh !== Mesh.None || exposedHosts.includes("*") ? exposedHosts : [...exposedHosts, `*.${PRIVATE_DOMAIN}`];
}
