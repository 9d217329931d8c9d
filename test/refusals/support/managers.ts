/** Smallest HTTP connection managers, for texts that need no table. */
import type { Message } from "./translator.js";

const envoy = (name: string): string => `type.googleapis.com/envoy.${name}`;

/** One route. */
export function managerWith(route: Message): Message {
  return {
    "@type": envoy("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"),
    stat_prefix: "judged",
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes: [route] }] },
    http_filters: [
      {
        name: "envoy.filters.http.router",
        typed_config: { "@type": envoy("extensions.filters.http.router.v3.Router") },
      },
    ],
  };
}

/** A route that writes a header. */
export function withHeader(value: string): Message {
  return managerWith({
    match: { prefix: "/" },
    direct_response: { status: 200 },
    request_headers_to_add: [{ header: { key: "x-a", value } }],
  });
}

/** A route for paths that an expression takes. */
export function withExpression(regex: string): Message {
  return managerWith({ match: { safe_regex: { regex } }, direct_response: { status: 200 } });
}
