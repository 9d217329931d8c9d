import type { ListenerSelectorArgs } from "./listener-selector.js";

/**
 * Expects connections to a gateway to begin with a PROXY header, by which load balancers tell who their clients are.
 *
 * The client's address is then the one of that header, version 1 or 2, for the gateway's rules and for `x-forwarded-for`. Connections
 * without the header are closed; only what can't be reached but through the load balancer may take it, because anybody else can write what
 * they like. Follows `ProxyProtocolPolicy` of Gloo Platform v2.
 */
export interface ProxyProtocolPolicyArgs {
  /** Listeners that the policy is for, any of the entries. Default: all listeners of the gateway that lists it. */
  applyToListeners?: ListenerSelectorArgs[];
  /** Whether connections begin with a PROXY header; with false the policy does nothing. Plain, because it decides what is rendered. */
  enableProxyProtocol: boolean;
}
