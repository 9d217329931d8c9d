/** Maps endpoint policies to their fields in a `DestinationRule` of networking.istio.io/v1. */
import type { Json } from "../../kube/object.js";
import type { ClientTLSPolicy } from "../../model/client-tls-policy.js";
import type { ConnectionPolicy } from "../../model/connection-policy.js";
import type { ConsistentHash, LoadBalancerPolicy } from "../../model/load-balancer-policy.js";
import type { OutlierDetectionPolicy } from "../../model/outlier-detection-policy.js";
import type { PlannedDestinationPolicies, Preference } from "../../plan/planned-destination-policies.js";
import { localityText } from "./object.js";

/**
 * Renders outlier detection and load balancing.
 *
 * Locality preference is always explicit, so that no mesh-wide setting decides. Without a preference nothing is
 * written, and Istio prefers no locality as long as outlier detection is off.
 */
export function renderEndpointChoice(
  policies: Pick<PlannedDestinationPolicies, "outlierDetection" | "preference" | "loadBalancer">,
): Record<string, Json> {
  const { outlierDetection, preference, loadBalancer } = policies;
  const settings = {
    ...(loadBalancer && renderBalance(loadBalancer)),
    ...(preference && { localityLbSetting: { enabled: true, ...renderPreference(preference) } }),
  };
  return {
    ...(outlierDetection && { outlierDetection: renderOutliers(outlierDetection, loadBalancer) }),
    ...(Object.keys(settings).length > 0 && { loadBalancer: settings }),
  };
}

/**
 * Renders the connection settings of a port; undefined if there are none. `keepsProtocol` passes on the client's HTTP
 * version.
 */
export function renderConnectionPool(
  policy: ConnectionPolicy | undefined,
  { keepsProtocol = false }: { readonly keepsProtocol?: boolean } = {},
): Json | undefined {
  const { tcp, http } = policy ?? {};
  const { maxRequests, maxPendingRequests, ...sameNames } = http ?? {};
  const requests = {
    ...sameNames,
    // Istio's field names suggest one HTTP version, but both limits apply to every version
    ...(maxRequests !== undefined && { http2MaxRequests: maxRequests }),
    ...(maxPendingRequests !== undefined && { http1MaxPendingRequests: maxPendingRequests }),
    ...(keepsProtocol && { useClientProtocol: true }),
  };
  const pool = {
    ...(tcp && { tcp: tcp as unknown as Json }),
    ...(Object.keys(requests).length > 0 && { http: requests }),
  };
  return Object.keys(pool).length === 0 ? undefined : pool;
}

const TLS_MODES = { disable: "DISABLE", simple: "SIMPLE", mutual: "MUTUAL" } as const;

/** Renders TLS origination; `mutual` holds the settings of the mesh's own mutual TLS. */
export function renderClientTls(policy: ClientTLSPolicy, mutual: Json = { mode: "ISTIO_MUTUAL" }): Json {
  if (policy.mode === "istioMutual") return mutual;
  const { mode, ...settings } = policy;
  return { mode: TLS_MODES[mode], ...settings };
}

function renderBalance({ simple, consistentHash, warmupDurationSecs }: LoadBalancerPolicy): Record<string, Json> {
  return {
    ...(simple !== undefined && { simple }),
    ...(consistentHash && { consistentHash: renderHash(consistentHash) }),
    // replaces Istio's deprecated `warmupDurationSecs`
    ...(warmupDurationSecs !== undefined && { warmup: { duration: warmupDurationSecs } }),
  };
}

function renderHash(hash: ConsistentHash): Json {
  switch (hash.kind) {
    case "header":
      return { httpHeaderName: hash.name };
    case "queryParameter":
      return { httpQueryParameterName: hash.name };
    case "sourceIp":
      return { useSourceIp: true };
    case "cookie": {
      const { kind, ...cookie } = hash;
      return { httpCookie: cookie };
    }
  }
}

/** Outlier detection; the panic threshold is part of it in Istio, and of load balancing in Gloo. */
function renderOutliers(policy: OutlierDetectionPolicy, balance: LoadBalancerPolicy | undefined): Json {
  const threshold = balance?.healthyPanicThreshold;
  return {
    consecutive5xxErrors: policy.consecutiveErrors,
    consecutiveGatewayErrors: policy.consecutiveGatewayErrors,
    interval: policy.interval,
    baseEjectionTime: policy.baseEjectionTime,
    maxEjectionPercent: policy.maxEjectionPercent,
    ...(threshold !== undefined && { minHealthPercent: threshold }),
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
