import type { Cluster, Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { listedPolicies, type Policies } from "../model/policies.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import type { PlannedProbes } from "./planned-destination-policies.js";

/** The gateways of a model, which probe destinations. */
export interface Gateways {
  readonly VirtualGateway: ReadonlyMap<string, VirtualGateway>;
}

/**
 * Plans the probes of a virtual destination by gateways in one cluster. Returns undefined if none of them probes it.
 */
export function planProbes(
  model: Policies & Gateways,
  destination: VirtualDestination,
  cluster: Cluster,
  fleet: Fleet,
): PlannedProbes | undefined {
  const policy = listedPolicies(model, destination.policies, "ActiveHealthCheckPolicy")[0]?.value;
  if (policy === undefined) return undefined;
  const gateways = [...new Set(policy.virtualGateways)].sort().flatMap((name) => {
    const gateway = model.VirtualGateway.get(name);
    if (gateway === undefined || !clustersNamed(fleet, gateway.clusters).includes(cluster)) return [];
    return [{ name, namespace: gateway.namespace, labels: gateway.workloads.labels }];
  });
  return gateways.length === 0 ? undefined : { healthCheck: policy.healthCheck, gateways };
}
