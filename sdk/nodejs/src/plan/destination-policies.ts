import type { DestinationPolicyKind } from "../kinds/kinds.js";
import type { ClientTLSPolicy } from "../model/client-tls-policy.js";
import { distributes, type FailoverPolicy } from "../model/failover-policy.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import type { ConsistentHash, LoadBalancerPolicy } from "../model/load-balancer-policy.js";
import { listedPolicies, type Policies } from "../model/policies.js";
import type { ModelOf } from "../model/registry.js";
import { backendClusters, isFlat } from "../model/topology.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import {
  FIELD_OF_POLICY,
  type HomePolicies,
  type NearCluster,
  PLANNED_POLICY_KINDS,
  type PlannedAs,
  type PlannedDestinationPolicies,
  type Preference,
} from "./planned-destination-policies.js";
import { type Gateways, planProbes } from "./probes.js";

/** A virtual destination that lists policies, and the cluster of its callers. */
interface ListingDestination {
  readonly policies: Policies & Gateways;
  readonly destination: VirtualDestination;
  readonly caller: Cluster;
  readonly fleet: Fleet;
}

/** Plans each kind for the callers. Returns undefined if the destination lists none. */
const PLANNERS: { readonly [K in DestinationPolicyKind]: (listing: ListingDestination) => PlannedAs<K> | undefined } = {
  OutlierDetectionPolicy: ({ policies, destination }) => theOne(policies, destination, "OutlierDetectionPolicy"),
  FailoverPolicy: ({ policies, destination }) => planPreference(policies, destination),
  LoadBalancerPolicy: ({ policies, destination }) => theOne(policies, destination, "LoadBalancerPolicy"),
  ConnectionPolicy: ({ policies, destination }) => theOne(policies, destination, "ConnectionPolicy"),
  ClientTLSPolicy: ({ policies, destination }) => planClientTls(policies, destination),
  ActiveHealthCheckPolicy: ({ policies, destination, caller, fleet }) =>
    planProbes(policies, destination, caller, fleet),
};

/** Plans the policies of a virtual destination for callers in one cluster. Returns undefined if it has none. */
export function planDestinationPolicies(listing: ListingDestination): PlannedDestinationPolicies | undefined {
  const { destination, caller, fleet } = listing;
  const planned = PLANNED_POLICY_KINDS.flatMap((kind) => {
    const value = PLANNERS[kind](listing);
    return value === undefined ? [] : [[FIELD_OF_POLICY[kind], value] as const];
  });
  if (planned.length === 0) return undefined;
  return {
    ...(Object.fromEntries(planned) as Partial<PlannedDestinationPolicies>),
    ...(caller.locality && { caller: caller.locality }),
    near: nearClusters(destination, caller, fleet),
  };
}

/** Outlier detection alone prefers near endpoints, as in Istio; policies other than failover prefer none. */
function planPreference(policies: Policies, destination: VirtualDestination): Preference | undefined {
  const failover = theOne(policies, destination, "FailoverPolicy");
  if (failover !== undefined) return preferenceOf(failover);
  return theOne(policies, destination, "OutlierDetectionPolicy") && { kind: "nearest" };
}

/** The clusters with backends on the caller's network, the caller's own first. */
export function nearClusters(destination: VirtualDestination, caller: Cluster, fleet: Fleet): readonly NearCluster[] {
  const reached = backendClusters(destination, fleet).filter((backend) => isFlat(caller, backend));
  const inOrder = [
    ...reached.filter(({ name }) => name === caller.name),
    ...reached.filter(({ name }) => name !== caller.name),
  ];
  return inOrder.map(({ name, locality }) => ({ cluster: name, ...(locality && { locality }) }));
}

/**
 * Plans the policies of a virtual destination for the east-west gateway of a cluster with backends.
 *
 * The gateway calls these pods like any other caller, so caller-side policies apply to it too, except for locality
 * preference: the cluster is already chosen. It sees requests only over plaintext. Otherwise it balances per
 * connection, and request-based hashing is impossible.
 */
export function planHomePolicies(
  policies: Policies,
  destination: VirtualDestination,
  kind: "plaintext" | "tls-termination",
): HomePolicies {
  const outlierDetection = theOne(policies, destination, "OutlierDetectionPolicy");
  const listed = theOne(policies, destination, "LoadBalancerPolicy");
  const connection = theOne(policies, destination, "ConnectionPolicy");
  const clientTls = planClientTls(policies, destination);
  const loadBalancer = listed && eastWestLoadBalancer(listed, kind);
  return {
    ...(outlierDetection && { outlierDetection }),
    ...(loadBalancer && { loadBalancer }),
    ...(connection && { connection }),
    ...(clientTls && { clientTls }),
  };
}

function eastWestLoadBalancer(
  { consistentHash, ...rest }: LoadBalancerPolicy,
  kind: "plaintext" | "tls-termination",
): LoadBalancerPolicy | undefined {
  const hash = consistentHash && kind === "plaintext" ? eastWestHash(consistentHash) : undefined;
  const policy = { ...rest, ...(hash && { consistentHash: hash }) };
  return Object.keys(policy).length === 0 ? undefined : policy;
}

/**
 * The caller's proxy already set the cookie; and all its requests share a source address, which would pin them to one
 * pod.
 */
function eastWestHash(hash: ConsistentHash): ConsistentHash | undefined {
  if (hash.kind === "sourceIp") return undefined;
  return hash.kind === "cookie" ? { kind: hash.kind, name: hash.name } : hash;
}

/** Once Meshway sets a server name, Envoy verifies a certificate only against listed subject alternative names. */
function planClientTls(policies: Policies, destination: VirtualDestination): ClientTLSPolicy | undefined {
  const policy = theOne(policies, destination, "ClientTLSPolicy");
  if (policy?.mode !== "simple" && policy?.mode !== "mutual") return policy;
  const { sni = destination.hosts[0] ?? "" } = policy;
  return { ...policy, sni, subjectAltNames: policy.subjectAltNames ?? [sni] };
}

/** Returns the policy of a kind that a virtual destination lists. */
function theOne<K extends DestinationPolicyKind>(
  policies: Policies,
  destination: VirtualDestination,
  kind: K,
): ModelOf[K] | undefined {
  return listedPolicies(policies, destination.policies, kind)[0]?.value;
}

function preferenceOf(policy: FailoverPolicy): Preference {
  const { localityMappings, priorityLabels } = policy;
  if (priorityLabels.length > 0) return { kind: "labels", labels: priorityLabels };
  if (localityMappings.length === 0) return { kind: "nearest" };
  if (!distributes(policy)) {
    const regions = localityMappings.flatMap(({ from, to }) =>
      to.map(({ region }) => ({ from: from.region, to: region })),
    );
    return { kind: "regions", regions };
  }
  const mappings = localityMappings.map(({ from, to }) => ({
    from,
    to: to.map((target) => ({ ...target, weight: target.weight ?? 0 })),
  }));
  return { kind: "distribution", mappings };
}
