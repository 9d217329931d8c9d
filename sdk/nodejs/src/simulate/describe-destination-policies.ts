import type { DestinationPolicyKind } from "../kinds/kinds.js";
import type { OutlierDetectionPolicy } from "../model/outlier-detection-policy.js";
import { FIELD_OF_POLICY, PLANNED_POLICY_KINDS, type PlannedAs } from "../plan/planned-destination-policies.js";
import type { Endpoint, TargetPolicies } from "./decision.js";
import { describeClientTls, describeConnection, describeLoadBalancer, describeProbes } from "./describe-choice.js";
import { percent } from "./describe-decision.js";
import { shown } from "./policies/wording.js";

/** Describes the policies of a destination, or of one that gets part of a route's requests, one line each. */
export function describeDestinationPolicies(policies: TargetPolicies, isPart = false): readonly string[] {
  return PLANNED_POLICY_KINDS.flatMap((kind) => describeKind(kind, policies, isPart));
}

/** Describes each kind in one line; undefined where the order of the endpoints shows it. */
const DESCRIPTIONS: {
  readonly [K in DestinationPolicyKind]: (planned: PlannedAs<K>, isPart: boolean) => string | undefined;
} = {
  OutlierDetectionPolicy: describeOutlierDetection,
  FailoverPolicy: (preference) => (preference.kind === "labels" ? describeLabels(preference.labels) : undefined),
  LoadBalancerPolicy: describeLoadBalancer,
  ConnectionPolicy: describeConnection,
  ClientTLSPolicy: describeClientTls,
  ActiveHealthCheckPolicy: describeProbes,
};

function describeKind<K extends DestinationPolicyKind>(
  kind: K,
  policies: TargetPolicies,
  isPart: boolean,
): readonly string[] {
  const planned = policies[FIELD_OF_POLICY[kind]] as PlannedAs<K> | undefined;
  const line = planned && DESCRIPTIONS[kind](planned, isPart);
  return line === undefined ? [] : [line];
}

function describeLabels(labels: readonly string[]): string {
  const listed = labels.map(shown).join(", ");
  return labels.some((label) => label.includes("="))
    ? `endpoints with ${listed} come first`
    : `endpoints with the caller's ${listed} come first`;
}

function describeOutlierDetection(policy: OutlierDetectionPolicy): string {
  const { consecutiveErrors, consecutiveGatewayErrors, baseEjectionTime, maxEjectionPercent } = policy;
  const limits = [
    `${shown(consecutiveErrors)} errors`,
    ...(consecutiveGatewayErrors === 0 ? [] : [`${shown(consecutiveGatewayErrors)} gateway errors`]),
  ];
  const most = maxEjectionPercent === 100 ? "" : `, at most ${shown(maxEjectionPercent)}% of them at a time`;
  return `endpoints are left out for ${shown(baseEjectionTime)} after ${limits.join(" or ")} in a row${most}`;
}

/** Returns prefixes that show each endpoint's rank or share; none if all are equal. */
export function describeRanks(endpoints: readonly Endpoint[]): readonly string[] {
  const isOrdered = new Set(endpoints.map(({ priority }) => priority)).size > 1;
  const words = endpoints.map(({ priority, share }) => {
    if (share !== undefined) return percent(share);
    return isOrdered ? (priority === 0 ? "first" : "then") : "";
  });
  const width = Math.max(0, ...words.map(({ length }) => length));
  return words.map((word) => (width === 0 ? "" : `${word.padEnd(width)}  `));
}
