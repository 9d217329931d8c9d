/**
 * Maps `ProxyProtocolPolicy` to Envoy's listener filter `proxy_protocol`. Tested with upstream Envoy 1.40 and istiod
 * 1.31.
 */
import type { Json } from "../../kube/object.js";
import type { Leaf } from "../../model/deferred.js";
import type { PlannedListenerPolicy } from "../../plan/listener-policies.js";
import { envoyType } from "./http-filter.js";

/** Inserts the filter first: the header precedes everything else, TLS included. */
export function proxyProtocolPatches(
  port: Leaf<number>,
  { value: { enableProxyProtocol } }: PlannedListenerPolicy<"ProxyProtocolPolicy">,
): readonly Json[] {
  if (!enableProxyProtocol) return [];
  const value = {
    name: "envoy.filters.listener.proxy_protocol",
    typed_config: { "@type": envoyType("extensions.filters.listener.proxy_protocol.v3.ProxyProtocol") },
  };
  return [
    {
      applyTo: "LISTENER_FILTER",
      match: { context: "GATEWAY", listener: { portNumber: port } },
      patch: { operation: "INSERT_FIRST", value },
    },
  ];
}
