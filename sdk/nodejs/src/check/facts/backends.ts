import { PortProtocol } from "../../args/virtual-destination.js";
import type { Path } from "../../diagnostics/diagnostic.js";
import type { Cluster } from "../../model/fleet.js";
import { backendClusters } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import type { CheckContext } from "../rule.js";

/** A cluster with backends of a virtual destination, and the path of the first service that selects pods there. */
export interface PlacedBackend {
  readonly cluster: Cluster;
  readonly path: Path;
}

/** Returns the clusters with backends of a virtual destination; none if its fleet is missing. */
export function placedBackends(context: CheckContext, destination: VirtualDestination): readonly PlacedBackend[] {
  const fleet = context.model.Fleet.get(destination.fleet);
  if (fleet === undefined) return [];
  return backendClusters(destination, fleet).map((cluster) => {
    const index = destination.services.findIndex((one) => one.cluster === undefined || one.cluster === cluster.name);
    return { cluster, path: ["services", index] };
  });
}

/** True if the Host header distinguishes the hosts of a port. */
export function isHttp(protocol: PortProtocol): boolean {
  return protocol === PortProtocol.Http || protocol === PortProtocol.Http2 || protocol === PortProtocol.Grpc;
}

/** True if the SNI of the caller's own TLS handshake distinguishes the hosts of a port. */
export function isTls(protocol: PortProtocol): boolean {
  return protocol === PortProtocol.Https || protocol === PortProtocol.Tls;
}
