import type { ListenerSelectorArgs } from "./listener-selector.js";

/**
 * Expects connections to a gateway to start with a PROXY header, by which load balancers report their clients.
 *
 * The client's address is then the one in that header, version 1 or 2, for the gateway's rules and for
 * `x-forwarded-for`. Connections without the header are closed. Use it only for listeners that can't be reached except
 * through the load balancer, because anyone else can forge the header. Follows `ProxyProtocolPolicy` of Gloo Platform
 * v2.
 */
export interface ProxyProtocolPolicyArgs {
  /**
   * Listeners that the policy applies to, selected by any of the entries. Default: all listeners of the gateway that
   * lists it.
   */
  applyToListeners?: ListenerSelectorArgs[];
  /** Expect a PROXY header; if false, the policy does nothing. Plain, because it decides what is rendered. */
  enableProxyProtocol: boolean;
}
