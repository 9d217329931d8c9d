/** Names of labels by which Istio knows how endpoints are reached. */

/** The network that an endpoint is in; one of another network is reached by the gateway of that. */
export const NETWORK_LABEL = "topology.istio.io/network";

/** Whether callers speak the mesh's mutual TLS to an endpoint. */
export const TLS_LABEL = "security.istio.io/tlsMode";
