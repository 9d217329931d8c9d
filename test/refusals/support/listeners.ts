/** Makes a listener of every table out of what istiod made of all of them, so that Envoy judges each by itself. */
import type { Message, Translated } from "./translator.js";

const TYPE = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

/** As Istio sets it for every port. */
const MOST_BODY = 1024 * 1024;

/** Istio's own filters, which all routes may have settings for. */
const COMMON = new Set(["envoy.filters.http.fault", "envoy.filters.http.cors"]);

const ROUTER = "envoy.filters.http.router";

/** The HTTP connection manager of a table's routes, with the filters that these switch on. */
export function managerOf(virtualHost: Message, { filters }: Translated): Message {
  const wanted = new Set([...COMMON, ...filterNames(virtualHost)]);
  const own = [...filters].filter(([name]) => wanted.has(name)).map(([, filter]) => filter);
  const router = filters.get(ROUTER);
  return {
    "@type": TYPE,
    stat_prefix: "judged",
    route_config: {
      virtual_hosts: [virtualHost],
      validate_clusters: false,
      max_direct_response_body_size_bytes: MOST_BODY,
    },
    http_filters: [...own, ...(router === undefined ? [] : [router])],
  };
}

function filterNames(virtualHost: Message): readonly string[] {
  const routes = Array.isArray(virtualHost["routes"]) ? (virtualHost["routes"] as readonly Message[]) : [];
  return routes.flatMap((route) => Object.keys((route["typedPerFilterConfig"] as object | undefined) ?? {}));
}

/** A cluster that needs nobody who knows endpoints or secrets; Envoy would wait for them. */
export function standalone(cluster: Message): Message {
  const { edsClusterConfig, transportSocketMatches, transportSocket, ...rest } = cluster;
  if (rest["type"] !== "EDS") return rest;
  return { ...rest, type: "STATIC", loadAssignment: { clusterName: rest["name"] } };
}
