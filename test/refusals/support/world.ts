/** The small world of generated tables: one cluster, two kinds of gateways, and the backends of the tables. */

/** The cluster that runs the proxies. */
export const CLUSTER = "east";

export const GATEWAY_NAMESPACE = "gateways";

/** Namespace of the callers with sidecars. */
export const CALLER_NAMESPACE = "callers";

/** Labels of the proxy that the gateway of all tables selects. */
export const PROXY_LABELS = { istio: "ingressgateway" };

/** Labels of the proxy for gateways of a single table; it has none of the tables' filters. */
export const OWN_PROXY_LABELS = { istio: "owngateway" };

/** The port of the gateway; it receives no traffic. */
export const GATEWAY_PORT = 8080;

/** The first port for gateways of a single table. */
export const FIRST_OWN_PORT = 20_000;

/** Number of tables per run, and so the number of ports. */
export const AT_ONCE = 1000;

/** Host that tables forward to and policies call. */
export const BACKEND_HOST = "backend.example.org";
