/** Smallest listeners, for texts that need no table. */
import type { Message } from "./dump.js";

const envoy = (name: string): string => `type.googleapis.com/envoy.${name}`;

/** A listener, but for its name and address, for requests. */
export function listenerWith(manager: Message): Message {
  return {
    filter_chains: [{ filters: [{ name: "envoy.filters.network.http_connection_manager", typed_config: manager }] }],
  };
}

/** One route. */
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

/** A route that writes a header. */
export function withHeader(value: string): Message {
  return routing({
    match: { prefix: "/" },
    direct_response: { status: 200 },
    request_headers_to_add: [{ header: { key: "x-a", value } }],
  });
}

/** A route for paths that an expression takes. */
export function withExpression(regex: string): Message {
  return routing({ match: { safe_regex: { regex } }, direct_response: { status: 200 } });
}
