/** Minimal listeners for texts that need no table. */
import type { Message } from "./dump.js";

const envoy = (name: string): string => `type.googleapis.com/envoy.${name}`;

/** Returns an HTTP listener without name and address. */
export function listenerWith(manager: Message): Message {
  return {
    filter_chains: [{ filters: [{ name: "envoy.filters.network.http_connection_manager", typed_config: manager }] }],
  };
}

/** Returns a manager with one route. */
function routing(route: Message): Message {
  return listenerWith({
    "@type": envoy("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"),
    stat_prefix: "judged",
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes: [route] }] },
    http_filters: [
      {
        name: "envoy.filters.http.router",
        typed_config: { "@type": envoy("extensions.filters.http.router.v3.Router") },
      },
    ],
  });
}

/** Returns a manager whose route writes a header. */
export function withHeader(value: string): Message {
  return routing({
    match: { prefix: "/" },
    direct_response: { status: 200 },
    request_headers_to_add: [{ header: { key: "x-a", value } }],
  });
}

/** Returns a manager whose route matches paths by an expression. */
export function withExpression(regex: string): Message {
  return routing({ match: { safe_regex: { regex } }, direct_response: { status: 200 } });
}
