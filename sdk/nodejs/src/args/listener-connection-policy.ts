import type { Input } from "./input.js";
import type { ListenerSelectorArgs } from "./listener-selector.js";

/** Probes by which a gateway finds out that clients are gone. */
export interface ListenerTcpKeepaliveArgs {
  /** Probes without an answer after which a connection is closed, 1 to 127. Default: that of the gateway's machine, in Linux 9. */
  probes?: Input<number>;
  /** Time without data before the first probe: `1s` to `32767s`, in whole seconds. Default: that of the gateway's machine, in Linux two hours. */
  time?: Input<string>;
  /** Time between two probes: `1s` to `32767s`, in whole seconds. Default: that of the gateway's machine, in Linux 75 seconds. */
  interval?: Input<string>;
}

/**
 * How a gateway treats the connections of its clients. At least one of `perConnectionBufferLimitBytes` and `tcpKeepalive`.
 *
 * Follows `ListenerConnectionPolicy` of Gloo Platform v2.
 */
export interface ListenerConnectionPolicyArgs {
  /** Listeners that the policy is for, any of the entries. Default: all listeners of the gateway that lists it. */
  applyToListeners?: ListenerSelectorArgs[];
  /** Bytes that the proxy keeps of a connection before it waits for the other side, 1 to 4294967295; a request with a larger body is not tried again. Default: that of Envoy, 1048576. */
  perConnectionBufferLimitBytes?: Input<number>;
  /** Send probes over connections without data; empty, as the gateway's machine does by default. Default: none are sent. */
  tcpKeepalive?: ListenerTcpKeepaliveArgs;
}
