/** Names of labels that tell Istio how to reach endpoints. */

/** The network of an endpoint; callers on other networks reach it through its network's gateway. */
export const NETWORK_LABEL = "topology.istio.io/network";

/** Tells callers to use the mesh's mutual TLS for an endpoint. */
export const TLS_LABEL = "security.istio.io/tlsMode";
