/** Maps policies of listeners to `EnvoyFilter` of networking.istio.io/v1alpha3. Tried on upstream Envoy 1.40 and istiod 1.31. */
import type { Json, KubeObject } from "../../kube/object.js";
import type { PlannedGateway, PlannedListener } from "../../plan/types.js";
import { accessLogPatches } from "./access-log.js";
import { FILTER_PRIORITY } from "./envoy-filter.js";
import { listenerConnectionPatches } from "./listener-connection.js";
import { istioObject } from "./object.js";
import { proxyProtocolPatches } from "./proxy-protocol.js";

/** What changes at the listeners of a gateway's proxies: one object, or none where no policy is for one. */
export function renderListenerPatches(gateway: PlannedGateway): readonly KubeObject[] {
  const configPatches = gateway.listeners.flatMap(patchesOf);
  if (configPatches.length === 0) return [];
  const spec = { priority: FILTER_PRIORITY, workloadSelector: { labels: gateway.labels }, configPatches };
  return [istioObject("EnvoyFilter", gateway.maker, { namespace: gateway.namespace, suppressed: ["IST0133"] }, spec)];
}

function patchesOf({ boundPort, policies = {} }: PlannedListener): readonly Json[] {
  const { AccessLogPolicy: log, ListenerConnectionPolicy: connection, ProxyProtocolPolicy: proxy } = policies;
  return [
    ...(proxy ? proxyProtocolPatches(boundPort, proxy) : []),
    ...(connection ? listenerConnectionPatches(boundPort, connection) : []),
    ...(log ? accessLogPatches(boundPort, log) : []),
  ];
}
