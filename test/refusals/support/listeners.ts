/** Splits istiod's configuration into one listener per table, so that Envoy judges each separately. */
import type { Dump, Message } from "./dump.js";
import { listenerWith } from "./managers.js";

const TYPE = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

/** Istio's limit, the same on every port. */
const MOST_BODY = 1024 * 1024;

/** Istio's own filters, which any route may configure. */
const COMMON = new Set(["envoy.filters.http.fault", "envoy.filters.http.cors"]);

const ROUTER = "envoy.filters.http.router";

/** Returns a listener with a table's routes and the filters that they enable. */
export function listenerOf(virtualHost: Message, { filters }: Dump): Message {
  const wanted = new Set([...COMMON, ...filterNames(virtualHost)]);
  const own = [...filters].filter(([name]) => wanted.has(name)).map(([, filter]) => filter);
  const router = filters.get(ROUTER);
  return listenerWith({
    "@type": TYPE,
    stat_prefix: "judged",
    route_config: {
      virtual_hosts: [virtualHost],
      validate_clusters: false,
      max_direct_response_body_size_bytes: MOST_BODY,
    },
    http_filters: [...own, ...(router === undefined ? [] : [router])],
  });
}

function filterNames(virtualHost: Message): readonly string[] {
  const routes = Array.isArray(virtualHost["routes"]) ? (virtualHost["routes"] as readonly Message[]) : [];
  return routes.flatMap((route) => Object.keys((route["typedPerFilterConfig"] as object | undefined) ?? {}));
}
