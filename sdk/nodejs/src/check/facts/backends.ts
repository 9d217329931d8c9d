import { PortProtocol } from "../../args/virtual-destination.js";
import type { Path } from "../../diagnostics/diagnostic.js";
import type { Cluster } from "../../model/fleet.js";
import { backendClusters } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import type { CheckContext } from "../rule.js";

/** A cluster with backends of a virtual destination, and the place of the first service that looks into it. */
export interface PlacedBackend {
  readonly cluster: Cluster;
  readonly path: Path;
}

/** The clusters in which a virtual destination has backends; none while its fleet is missing. */
export function placedBackends(context: CheckContext, destination: VirtualDestination): readonly PlacedBackend[] {
  const fleet = context.model.Fleet.get(destination.fleet);
  if (fleet === undefined) return [];
  return backendClusters(destination, fleet).map((cluster) => {
    const index = destination.services.findIndex((one) => one.cluster === undefined || one.cluster === cluster.name);
    return { cluster, path: ["services", index] };
  });
}

/** Whether the Host header tells several hosts of a port apart. */
export function isHttp(protocol: PortProtocol): boolean {
  return protocol === PortProtocol.Http || protocol === PortProtocol.Http2 || protocol === PortProtocol.Grpc;
}

/** Whether the server name of a TLS handshake, which the caller makes itself, tells several hosts of a port apart. */
export function isTls(protocol: PortProtocol): boolean {
  return protocol === PortProtocol.Https || protocol === PortProtocol.Tls;
}
