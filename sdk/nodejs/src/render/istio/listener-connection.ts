/**
 * Maps `ListenerConnectionPolicy` to settings of Envoy's listener. Tested with upstream Envoy 1.40 and istiod 1.31.
 */
import type { Json } from "../../kube/object.js";
import type { TcpKeepalive } from "../../model/connection-policy.js";
import { derive, type Leaf } from "../../model/deferred.js";
import { millisecondsOf } from "../../model/duration.js";
import type { PlannedListenerPolicy } from "../../plan/listener-policies.js";

/** Patches the listener itself. The patch is idempotent. */
export function listenerConnectionPatches(
  port: Leaf<number>,
  { value: { perConnectionBufferLimitBytes: limit, tcpKeepalive } }: PlannedListenerPolicy<"ListenerConnectionPolicy">,
): readonly Json[] {
  const value = {
    ...(limit !== undefined && { per_connection_buffer_limit_bytes: limit }),
    ...(tcpKeepalive && { tcp_keepalive: renderKeepalive(tcpKeepalive) }),
  };
  const match = { context: "GATEWAY", listener: { portNumber: port } };
  return [{ applyTo: "LISTENER", match, patch: { operation: "MERGE", value } }];
}

/** Connections inherit these options from the listening socket. */
function renderKeepalive({ probes, time, interval }: TcpKeepalive): Json {
  return {
    ...(probes !== undefined && { keepalive_probes: probes }),
    ...(time !== undefined && { keepalive_time: seconds(time) }),
    ...(interval !== undefined && { keepalive_interval: seconds(interval) }),
  };
}

function seconds(duration: string): Json {
  return derive([duration], () => (millisecondsOf(duration) ?? 0) / 1000);
}
