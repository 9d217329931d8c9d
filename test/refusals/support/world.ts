/** The small world of generated tables: one cluster, two kinds of gateways, and what tables send requests to. */

/** The cluster of the proxies. */
export const CLUSTER = "east";

export const GATEWAY_NAMESPACE = "gateways";

/** Where callers with sidecars are. */
export const CALLER_NAMESPACE = "callers";

/** Labels of the proxy that the gateway of all tables chooses. */
export const PROXY_LABELS = { istio: "ingressgateway" };

/** Labels of the proxy of gateways that one table has by itself; it has none of the filters of tables. */
export const OWN_PROXY_LABELS = { istio: "owngateway" };

/** The port of the gateway; nobody sends anything to it. */
export const GATEWAY_PORT = 8080;

/** The first port of gateways that one table has by itself. */
export const FIRST_OWN_PORT = 20_000;

/** How many tables are in a run, and so how many ports there are. */
export const AT_ONCE = 1000;

/** Where tables forward to and policies ask, by its host. */
export const BACKEND_HOST = "backend.example.org";
