import { isDeferred, isKnown } from "../model/deferred.js";
import { localityCovers } from "../model/failover-policy.js";
import type { Locality } from "../model/fleet.js";
import type { Distribution, PlannedDestinationPolicies } from "../plan/planned-destination-policies.js";
import type { Endpoint } from "./decision.js";

/** Returns the locality of an endpoint, as far as the plan knows it. */
function localityOf(endpoint: Endpoint): Locality | undefined {
  return "locality" in endpoint ? endpoint.locality : undefined;
}

/**
 * Orders endpoints by a proxy's preference, or adds each locality's share.
 *
 * Istio: ApplyLocalityLoadBalancer (pilot/pkg/networking/core/loadbalancer). Endpoints stay unchanged if localities are
 * unknown, and for priority labels, which only pods have.
 */
export function preferred(
  endpoints: readonly Endpoint[],
  policies: PlannedDestinationPolicies | undefined,
): readonly Endpoint[] {
  const { preference, caller, outlierDetection } = policies ?? {};
  if (preference === undefined || caller === undefined) return endpoints;
  if (isDeferred(textOf(caller)) || endpoints.some((each) => isDeferred(textOf(localityOf(each))))) return endpoints;
  switch (preference.kind) {
    case "labels":
      return endpoints;
    case "distribution":
      return shared(endpoints, preference.mappings, caller);
    case "nearest":
    case "regions":
      // without outlier detection nothing would ever fail over to the next priority, so Istio sets none
      if (outlierDetection === undefined) return endpoints;
      return inOrder(endpoints, (locality) => distance(caller, locality, failoverRegion(preference, caller)));
  }
}

function textOf(locality: Locality | undefined): string {
  return [locality?.region, locality?.zone, locality?.subZone].join("/");
}

/** Returns the failover region of the caller's own; the first of several mappings counts. */
function failoverRegion(
  preference: NonNullable<PlannedDestinationPolicies["preference"]>,
  { region }: Locality,
): string | undefined {
  return preference.kind === "regions" ? preference.regions.find(({ from }) => from === region)?.to : undefined;
}

/** Ranks a locality by distance: sub-zone, zone, region, the failover region, all others. */
function distance(caller: Locality, locality: Locality | undefined, next: string | undefined): number {
  if (locality?.region !== caller.region) return next === undefined || locality?.region === next ? 3 : 4;
  if (locality.zone !== caller.zone) return 2;
  return locality.subZone === caller.subZone ? 0 : 1;
}

function inOrder(
  endpoints: readonly Endpoint[],
  distanceOf: (locality: Locality | undefined) => number,
): readonly Endpoint[] {
  const distances = endpoints.map((each) => distanceOf(localityOf(each)));
  const priorities = [...new Set(distances)].sort((a, b) => a - b);
  return endpoints
    .map((endpoint, index) => ({ ...endpoint, priority: priorities.indexOf(distances[index] ?? 0) }))
    .sort((a, b) => a.priority - b.priority);
}

/** Applies the first mapping for the caller's locality; localities that it does not name get nothing. */
function shared(
  endpoints: readonly Endpoint[],
  mappings: readonly Distribution[],
  caller: Locality,
): readonly Endpoint[] {
  if (mappings.some(({ from, to }) => [from, ...to].some((place) => isDeferred(textOf(place))))) return endpoints;
  const mapping = mappings.find(({ from }) => localityCovers(from, caller));
  if (mapping === undefined) return endpoints;
  const targetOf = (endpoint: Endpoint) => {
    const locality = localityOf(endpoint);
    return locality && mapping.to.find((target) => localityCovers(target, locality));
  };
  const weights = mapping.to
    .filter((target) => endpoints.some((each) => targetOf(each) === target))
    .map(({ weight }) => weight);
  const known = weights.filter((weight): weight is number => isKnown(weight));
  if (known.length < weights.length) return endpoints;
  // localities without endpoints leave their share to the others
  const sum = known.reduce((all, weight) => all + weight, 0);
  return endpoints
    .map((endpoint) => {
      const target = targetOf(endpoint);
      return { ...endpoint, share: target === undefined ? 0 : (Number(target.weight) * 100) / sum };
    })
    .sort((a, b) => b.share - a.share);
}
