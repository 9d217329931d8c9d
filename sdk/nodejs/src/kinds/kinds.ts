/**
 * The kinds of resources. Every other list and type of kinds is derived from these; `model/registry.ts` defines each
 * kind.
 */

/** Resources that policies and settings apply to: clusters, routes, destinations, teams. */
export const RESOURCE_KINDS = [
  "Fleet",
  "VirtualGateway",
  "RouteTable",
  "VirtualDestination",
  "ExternalService",
  "Workspace",
  "WorkspaceSettings",
] as const;

/** Policies about who may call; destinations and virtual gateways list them. */
export const CALLER_POLICY_KINDS = ["AccessPolicy"] as const;

/** Policies about endpoints; destinations list them. */
export const DESTINATION_POLICY_KINDS = [
  "ActiveHealthCheckPolicy",
  "ClientTLSPolicy",
  "ConnectionPolicy",
  "FailoverPolicy",
  "LoadBalancerPolicy",
  "OutlierDetectionPolicy",
] as const;

/** Policies about requests of routes; routes, route tables and virtual gateways list them. */
export const ROUTE_POLICY_KINDS = [
  "CORSPolicy",
  "CSRFPolicy",
  "CompressionPolicy",
  "ExtAuthPolicy",
  "FaultInjectionPolicy",
  "HTTPBufferPolicy",
  "HeaderManipulationPolicy",
  "JWTPolicy",
  "MirrorPolicy",
  "RateLimitPolicy",
  "RetryTimeoutPolicy",
  "TransformationPolicy",
] as const;

/** Policies about listeners; virtual gateways list them besides route policies. */
export const LISTENER_POLICY_KINDS = ["AccessLogPolicy", "ListenerConnectionPolicy", "ProxyProtocolPolicy"] as const;

/** Policies that require a proxy other than the open-source one; rejected wherever they are listed. */
export const UNSUPPORTED_POLICY_KINDS = ["DLPPolicy", "WAFPolicy"] as const;

/** Policies about callers; no resource lists them, they name workloads themselves. */
const WORKLOAD_POLICY_KINDS = ["TrimProxyConfigPolicy"] as const;

/** Policies that resources list. They render nothing on their own and belong to no fleet. */
export const POLICY_KINDS = [
  ...CALLER_POLICY_KINDS,
  ...DESTINATION_POLICY_KINDS,
  ...ROUTE_POLICY_KINDS,
  ...LISTENER_POLICY_KINDS,
  ...UNSUPPORTED_POLICY_KINDS,
] as const;

export const KINDS = [...RESOURCE_KINDS, ...POLICY_KINDS, ...WORKLOAD_POLICY_KINDS] as const;

export type Kind = (typeof KINDS)[number];
export type PolicyKind = (typeof POLICY_KINDS)[number];
export type CallerPolicyKind = (typeof CALLER_POLICY_KINDS)[number];
export type DestinationPolicyKind = (typeof DESTINATION_POLICY_KINDS)[number];
export type RoutePolicyKind = (typeof ROUTE_POLICY_KINDS)[number];
export type ListenerPolicyKind = (typeof LISTENER_POLICY_KINDS)[number];

export const isPolicyKind = memberOf(POLICY_KINDS);
export const isRoutePolicyKind = memberOf(ROUTE_POLICY_KINDS);
export const isListenerPolicyKind = memberOf(LISTENER_POLICY_KINDS);
export const isCallerPolicyKind = memberOf(CALLER_POLICY_KINDS);
export const isUnsupportedPolicyKind = memberOf(UNSUPPORTED_POLICY_KINDS);

function memberOf<K extends Kind>(kinds: readonly K[]): (kind: unknown) => kind is K {
  const members: ReadonlySet<unknown> = new Set(kinds);
  return (kind): kind is K => members.has(kind);
}

/** Reports whether resources of a kind are created for a fleet. */
export function hasFleet(kind: Kind): kind is Exclude<Kind, "Fleet" | "WorkspaceSettings" | PolicyKind> {
  return kind !== "Fleet" && kind !== "WorkspaceSettings" && !isPolicyKind(kind);
}
