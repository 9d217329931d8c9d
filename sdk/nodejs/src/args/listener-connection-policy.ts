import type { Input } from "./input.js";
import type { ListenerSelectorArgs } from "./listener-selector.js";

/** TCP keepalive probes, by which a gateway detects that clients are gone. */
export interface ListenerTcpKeepaliveArgs {
  /**
   * Unanswered probes after which a connection is closed, 1 to 127. Default: the gateway's operating system default, 9
   * on Linux.
   */
  probes?: Input<number>;
  /**
   * Idle time before the first probe: `1s` to `32767s`, in whole seconds. Default: the gateway's operating system
   * default, two hours on Linux.
   */
  time?: Input<string>;
  /**
   * Time between two probes: `1s` to `32767s`, in whole seconds. Default: the gateway's operating system default, 75
   * seconds on Linux.
   */
  interval?: Input<string>;
}

/**
 * Settings for the connections of a gateway's clients. At least one of `perConnectionBufferLimitBytes` and
 * `tcpKeepalive`.
 *
 * Follows `ListenerConnectionPolicy` of Gloo Platform v2.
 */
export interface ListenerConnectionPolicyArgs {
  /**
   * Listeners that the policy applies to, selected by any of the entries. Default: all listeners of the gateway that
   * lists it.
   */
  applyToListeners?: ListenerSelectorArgs[];
  /**
   * Bytes that the proxy buffers per connection before it waits for the other side, 1 to 4294967295; a request with a
   * larger body isn't retried. Default: Envoy's, 1048576.
   */
  perConnectionBufferLimitBytes?: Input<number>;
  /**
   * Send keepalive probes on idle connections; if empty, with the defaults of the gateway's operating system. Default:
   * none are sent.
   */
  tcpKeepalive?: ListenerTcpKeepaliveArgs;
}
