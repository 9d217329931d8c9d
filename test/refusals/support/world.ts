/** The small world of generated tables: one cluster, one gateway, and what tables send requests to. */

export const GATEWAY_NAMESPACE = "gateways";

/** Labels of the proxy that every gateway chooses. */
export const PROXY_LABELS = { istio: "ingressgateway" };

/** The port of the gateway; nobody sends anything to it. */
export const GATEWAY_PORT = 8080;

/** Where tables forward to and policies ask, by its host. */
export const BACKEND_HOST = "backend.example.org";
