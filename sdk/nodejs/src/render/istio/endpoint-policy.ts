/** Maps policies about endpoints to the parts of a `DestinationRule` of networking.istio.io/v1 that hold them. */
import type { Json } from "../../kube/object.js";
import type { OutlierDetectionPolicy } from "../../model/outlier-detection-policy.js";
import type { PlannedPolicies, Preference } from "../../plan/planned-policies.js";
import { localityText } from "./object.js";

/** The settings of a port. Locality is always written, so that no setting of the mesh decides. */
export function renderPolicies({ outlierDetection, preference }: PlannedPolicies): Record<string, Json> {
  return {
    ...(outlierDetection && { outlierDetection: outliers(outlierDetection) }),
    loadBalancer: { localityLbSetting: { enabled: true, ...renderPreference(preference) } },
  };
}

/** Outlier detection where all endpoints are of one cluster. */
export function renderOutlierDetection(policy: OutlierDetectionPolicy): Record<string, Json> {
  return renderPolicies({ outlierDetection: policy, preference: { kind: "nearest" }, near: [] });
}

function outliers(policy: OutlierDetectionPolicy): Json {
  return {
    consecutive5xxErrors: policy.consecutiveErrors,
    consecutiveGatewayErrors: policy.consecutiveGatewayErrors,
    interval: policy.interval,
    baseEjectionTime: policy.baseEjectionTime,
    maxEjectionPercent: policy.maxEjectionPercent,
  };
}

function renderPreference(preference: Preference): Record<string, Json> {
  switch (preference.kind) {
    case "nearest":
      return {};
    case "regions":
      return { failover: preference.regions.map(({ from, to }) => ({ from, to })) };
    case "labels":
      return { failoverPriority: preference.labels };
    case "distribution":
      return {
        distribute: preference.mappings.map(({ from, to }) => ({
          from: localityText(from),
          to: Object.fromEntries(to.map((target) => [localityText(target), target.weight])),
        })),
      };
  }
}
