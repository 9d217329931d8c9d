import { Mesh } from "../args/fleet.js";
import { type Deferred, deferredNumbers, deferredOf, derive, type Leaf } from "../model/deferred.js";
import type { Cluster, EastWestGateway } from "../model/fleet.js";
import { isIpAddress } from "../model/host.js";
import type { Labels } from "./planned-target.js";
import type { DestinationTls, PlannedEndpoint } from "./types.js";

/** Returns the east-west gateway of a cluster as endpoints, one for each address and label set. */
export function endpointsOf(
  cluster: Cluster,
  gateway: EastWestGateway,
  options: { readonly port: Leaf<number>; readonly labelSets: readonly Labels[]; readonly alwaysTls: boolean },
): PlannedEndpoint[] {
  const mutualTls = options.alwaysTls ? true : derive([cluster.mesh], () => cluster.mesh !== Mesh.None);
  return gateway.addresses.flatMap((address) =>
    options.labelSets.map((labels) => ({
      cluster: cluster.name,
      network: cluster.network,
      address,
      port: options.port,
      ...(cluster.locality && { locality: cluster.locality }),
      labels,
      mutualTls,
    })),
  );
}

/** Hostnames among the addresses require DNS; a destination has a single resolution for all of its endpoints. */
export function plannedResolution(endpoints: readonly PlannedEndpoint[]): Leaf<"STATIC" | "DNS"> {
  const addresses = endpoints.map(({ address }) => address);
  return derive(addresses, () => (addresses.every(isIpAddress) ? "STATIC" : "DNS"));
}

/**
 * Returns the TLS mode that callers in `caller` use toward backends in these clusters.
 *
 * A DestinationRule applies to every endpoint of a host, so mutual TLS is forced only if every endpoint supports it.
 */
export function tlsToward(caller: Cluster, backends: readonly Cluster[]): Leaf<DestinationTls> {
  const meshes = [caller, ...backends].map(({ mesh }) => mesh);
  return derive(meshes, () => {
    if (caller.mesh === Mesh.None) return "NONE";
    return meshes.every((mesh) => mesh === Mesh.Istio) ? "MUTUAL" : "PER_ENDPOINT";
  });
}

/** The SPIFFE identity of a service account. */
export function identity(trustDomain: string, namespace: string, serviceAccount: string): string {
  return `spiffe://${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}

/** Returns a placeholder for all unknown leaves among these, which decide the shape of objects. */
export function shapedBy(leaves: readonly unknown[]): { shapedBy?: Deferred } {
  const numbers = [...new Set(leaves.flatMap(deferredNumbers))];
  return numbers.length === 0 ? {} : { shapedBy: deferredOf(numbers) };
}
