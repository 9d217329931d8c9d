/** Maps policies about endpoints to the parts of a `DestinationRule` of networking.istio.io/v1 that hold them. */
import type { Json } from "../../kube/object.js";
import type { ClientTLSPolicy } from "../../model/client-tls-policy.js";
import type { ConnectionPolicy } from "../../model/connection-policy.js";
import type { ConsistentHash, LoadBalancerPolicy } from "../../model/load-balancer-policy.js";
import type { OutlierDetectionPolicy } from "../../model/outlier-detection-policy.js";
import type { PlannedDestinationPolicies, Preference } from "../../plan/planned-destination-policies.js";
import { localityText } from "./object.js";

/**
 * Which endpoints are left out, and how callers choose among the others.
 *
 * Where endpoints are preferred by locality this is always written, so that no setting of the mesh decides; where they are not, nothing is, and
 * Istio prefers none without outlier detection.
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

/** The connections of a port; undefined where nothing is said about them. `keepsProtocol` passes on the client's version of HTTP. */
export function renderConnectionPool(
  policy: ConnectionPolicy | undefined,
  { keepsProtocol = false }: { readonly keepsProtocol?: boolean } = {},
): Json | undefined {
  const { tcp, http } = policy ?? {};
  const { maxRequests, maxPendingRequests, ...sameNames } = http ?? {};
  const requests = {
    ...sameNames,
    // Istio's names are those of one version of HTTP, but both limits hold for every version
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

/** How callers speak TLS; `mutual` is what the mesh's own TLS has besides its mode. */
export function renderClientTls(policy: ClientTLSPolicy, mutual: Json = { mode: "ISTIO_MUTUAL" }): Json {
  if (policy.mode === "istioMutual") return mutual;
  const { mode, ...settings } = policy;
  return { mode: TLS_MODES[mode], ...settings };
}

function renderBalance({ simple, consistentHash, warmupDurationSecs }: LoadBalancerPolicy): Record<string, Json> {
  return {
    ...(simple !== undefined && { simple }),
    ...(consistentHash && { consistentHash: renderHash(consistentHash) }),
    // `warmupDurationSecs` of Istio is deprecated for this
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

/** Outlier detection; the panic threshold belongs to it in Istio and to load balancing in Gloo. */
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
