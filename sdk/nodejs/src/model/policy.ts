import { z } from "zod";
import type { AccessLogPolicy } from "./access-log-policy.js";
import type { AccessPolicy } from "./access-policy.js";
import type { ActiveHealthCheckPolicy } from "./active-health-check-policy.js";
import type { ClientTLSPolicy } from "./client-tls-policy.js";
import type { ConnectionPolicy } from "./connection-policy.js";
import type { CORSPolicy } from "./cors-policy.js";
import type { CSRFPolicy } from "./csrf-policy.js";
import type { ExtAuthPolicy } from "./ext-auth-policy.js";
import type { FailoverPolicy } from "./failover-policy.js";
import type { FaultInjectionPolicy } from "./fault-injection-policy.js";
import type { HeaderManipulationPolicy } from "./header-manipulation-policy.js";
import type { HTTPBufferPolicy } from "./http-buffer-policy.js";
import type { JWTPolicy } from "./jwt-policy.js";
import type { ListenerConnectionPolicy } from "./listener-connection-policy.js";
import type { LoadBalancerPolicy } from "./load-balancer-policy.js";
import type { MirrorPolicy } from "./mirror-policy.js";
import type { OutlierDetectionPolicy } from "./outlier-detection-policy.js";
import type { ProxyProtocolPolicy } from "./proxy-protocol-policy.js";
import type { RateLimitPolicy } from "./rate-limit-policy.js";
import type { RetryTimeoutPolicy } from "./retry-timeout-policy.js";
import { type ReferenceToOneOf, referenceToOneOf } from "./schema.js";
import type { TransformationPolicy } from "./transformation-policy.js";
import type { UnsupportedPolicy } from "./unsupported-policy.js";

/** The model type of each kind of policy about endpoints. */
export interface DestinationPolicyOf {
  readonly ActiveHealthCheckPolicy: ActiveHealthCheckPolicy;
  readonly ClientTLSPolicy: ClientTLSPolicy;
  readonly ConnectionPolicy: ConnectionPolicy;
  readonly FailoverPolicy: FailoverPolicy;
  readonly LoadBalancerPolicy: LoadBalancerPolicy;
  readonly OutlierDetectionPolicy: OutlierDetectionPolicy;
}

/** The model type of each kind of policy about requests of routes. */
export interface RoutePolicyOf {
  readonly CORSPolicy: CORSPolicy;
  readonly CSRFPolicy: CSRFPolicy;
  readonly ExtAuthPolicy: ExtAuthPolicy;
  readonly FaultInjectionPolicy: FaultInjectionPolicy;
  readonly HTTPBufferPolicy: HTTPBufferPolicy;
  readonly HeaderManipulationPolicy: HeaderManipulationPolicy;
  readonly JWTPolicy: JWTPolicy;
  readonly MirrorPolicy: MirrorPolicy;
  readonly RateLimitPolicy: RateLimitPolicy;
  readonly RetryTimeoutPolicy: RetryTimeoutPolicy;
  readonly TransformationPolicy: TransformationPolicy;
}

/** The model type of each kind of policy about who may call. */
export interface CallerPolicyOf {
  readonly AccessPolicy: AccessPolicy;
}

/** The model type of each kind of policy about listeners of gateways. */
export interface ListenerPolicyOf {
  readonly AccessLogPolicy: AccessLogPolicy;
  readonly ListenerConnectionPolicy: ListenerConnectionPolicy;
  readonly ProxyProtocolPolicy: ProxyProtocolPolicy;
}

/** The model type of each kind of policy that is always refused. */
export interface UnsupportedPolicyOf {
  readonly DLPPolicy: UnsupportedPolicy;
  readonly WAFPolicy: UnsupportedPolicy;
}

/** The model type of each kind of policy. */
export interface PolicyOf
  extends CallerPolicyOf,
    DestinationPolicyOf,
    ListenerPolicyOf,
    RoutePolicyOf,
    UnsupportedPolicyOf {}

export type CallerPolicyKind = keyof CallerPolicyOf;
export type DestinationPolicyKind = keyof DestinationPolicyOf;
export type RoutePolicyKind = keyof RoutePolicyOf;
export type ListenerPolicyKind = keyof ListenerPolicyOf;

/** Kinds of resources that say how others behave; they render nothing by themselves and belong to no fleet. */
export type PolicyKind = keyof PolicyOf;

/** What destinations and virtual gateways list. */
export const CALLER_POLICY_KINDS: readonly CallerPolicyKind[] = ["AccessPolicy"];

/** What destinations list. */
export const DESTINATION_POLICY_KINDS: readonly DestinationPolicyKind[] = [
  "ActiveHealthCheckPolicy",
  "ClientTLSPolicy",
  "ConnectionPolicy",
  "FailoverPolicy",
  "LoadBalancerPolicy",
  "OutlierDetectionPolicy",
];

/** What routes, route tables and virtual gateways list. */
export const ROUTE_POLICY_KINDS: readonly RoutePolicyKind[] = [
  "CORSPolicy",
  "CSRFPolicy",
  "ExtAuthPolicy",
  "FaultInjectionPolicy",
  "HTTPBufferPolicy",
  "HeaderManipulationPolicy",
  "JWTPolicy",
  "MirrorPolicy",
  "RateLimitPolicy",
  "RetryTimeoutPolicy",
  "TransformationPolicy",
];

/** What virtual gateways list besides those of routes. */
export const LISTENER_POLICY_KINDS: readonly ListenerPolicyKind[] = [
  "AccessLogPolicy",
  "ListenerConnectionPolicy",
  "ProxyProtocolPolicy",
];

/** What is refused wherever it is listed. */
const UNSUPPORTED_POLICY_KINDS: readonly (keyof UnsupportedPolicyOf)[] = ["DLPPolicy", "WAFPolicy"];

export const POLICY_KINDS: readonly PolicyKind[] = [
  ...CALLER_POLICY_KINDS,
  ...DESTINATION_POLICY_KINDS,
  ...ROUTE_POLICY_KINDS,
  ...LISTENER_POLICY_KINDS,
  ...UNSUPPORTED_POLICY_KINDS,
];

export function isPolicyKind(kind: unknown): kind is PolicyKind {
  return POLICY_KINDS.some((each) => each === kind);
}

export function isRoutePolicyKind(kind: unknown): kind is RoutePolicyKind {
  return ROUTE_POLICY_KINDS.some((each) => each === kind);
}

export function isListenerPolicyKind(kind: unknown): kind is ListenerPolicyKind {
  return LISTENER_POLICY_KINDS.some((each) => each === kind);
}

export function isCallerPolicyKind(kind: unknown): kind is CallerPolicyKind {
  return CALLER_POLICY_KINDS.some((each) => each === kind);
}

export function isUnsupportedPolicyKind(kind: PolicyKind): boolean {
  return UNSUPPORTED_POLICY_KINDS.some((each) => each === kind);
}

/** A policy as a resource lists it. The kind is absent where a model file gives the name alone. */
export type PolicyReference = ReferenceToOneOf<PolicyKind>;

/** The policies of a model. */
export type Policies = { readonly [K in PolicyKind]: ReadonlyMap<string, PolicyOf[K]> };

/** The kinds that have a policy of this name: one, unless it is missing or its name alone is not enough. */
export function kindsOf(policies: Policies, { kind, name }: PolicyReference): readonly PolicyKind[] {
  return POLICY_KINDS.filter((each) => (kind ?? each) === each && policies[each].has(name));
}

/** A policy that a resource lists, and its place in the list. */
export interface ListedPolicy<K extends PolicyKind> {
  readonly name: string;
  readonly index: number;
  readonly value: PolicyOf[K];
}

/** The policies of one kind among those that a resource lists. */
export function listedPolicies<K extends PolicyKind>(
  policies: Policies,
  references: readonly PolicyReference[],
  kind: K,
): readonly ListedPolicy<K>[] {
  const known: ReadonlyMap<string, PolicyOf[K]> = policies[kind];
  return references.flatMap((reference, index) => {
    const value = kindsOf(policies, reference).includes(kind) ? known.get(reference.name) : undefined;
    return value === undefined ? [] : [{ name: reference.name, index, value }];
  });
}

/** The `policies` of whatever takes policies. */
export const policiesSchema: z.ZodType<readonly PolicyReference[]> = z
  .array(referenceToOneOf(POLICY_KINDS, "policy"))
  .default([]);
