import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

const LISTENER = {
  http: "one with protocol `HTTP` or `HTTPS`",
  tls: "one with protocol `TLS` and mode `PASSTHROUGH`",
  tcp: "one with protocol `TCP`, or `TLS` with a mode other than `PASSTHROUGH`",
} as const;

/** 032x: gateways for TCP and TLS connections, and hosts at sidecars. */
export const connectionGateways = {
  MW0320: entry<{ gateway: string; sort: "http" | "tls" | "tcp" }>({
    name: "no-listener-for-routes",
    severity: "error",
    meaning: "A table has routes that no listener of its gateway can serve.",
    message: ({ gateway, sort }) =>
      `VirtualGateway ${quote(gateway)} has no listener for \`${sort}\` routes, expected ${LISTENER[sort]}`,
    help: ({ gateway, sort }) =>
      `add such a listener to ${quote(gateway)}, or move the \`${sort}\` routes to a table of another gateway`,
  }),
  MW0321: entry<{ gateway: string; port: number; other: string }>({
    name: "connections-taken",
    severity: "error",
    meaning: "Two tables route the connections of one listener; the proxies keep the routes of only one of them.",
    message: ({ gateway, port, other }) =>
      `connections to port ${port} of VirtualGateway ${quote(gateway)} already belong to RouteTable ${quote(other)}`,
    help: ({ other }) => `move the routes into ${quote(other)}, or match the \`port\` of another listener`,
  }),
  MW0322: entry<{ host: string; port: number; other: string }>({
    name: "sni-host-taken",
    severity: "error",
    meaning: "Two tables match the same server name on one port of the same proxies, which keep only one of them.",
    message: ({ host, port, other }) =>
      `server name ${quote(host)} on port ${port} already belongs to RouteTable ${quote(other)}`,
    help: ({ other }) => `move the route into ${quote(other)}, or use another server name`,
  }),
  MW0323: entry<{ host: string; namespace: string; cluster: string; other: string }>({
    name: "sidecar-host-taken",
    severity: "error",
    meaning: "Two tables route the same host for the sidecars of one namespace, which use only one of them.",
    message: ({ host, namespace, cluster, other }) =>
      `host ${quote(host)} for sidecars of namespace ${quote(namespace)} in cluster ${quote(cluster)} ` +
      `already belongs to RouteTable ${quote(other)}`,
    help: ({ other }) =>
      `move the routes into ${quote(other)}, or choose other namespaces; labels do not keep tables apart`,
  }),
  MW0324: entry<{ port: number; cluster: string; other: string }>({
    name: "tcp-port-taken",
    severity: "error",
    meaning: "Two gateways with the same proxies listen for TCP on one port; the proxies keep only one of them.",
    message: ({ port, cluster, other }) =>
      `TCP port ${port} already belongs to VirtualGateway ${quote(other)}, ` +
      `which has the same proxies in cluster ${quote(cluster)}`,
    help: ({ other }) => `use another port, choose other \`workloads\`, or attach the table to ${quote(other)}`,
  }),
  MW0325: entry<{ host: string; port: number; by: string }>({
    name: "server-name-opened",
    severity: "error",
    meaning:
      "TLS of one server name is opened by a gateway and passed on by a table, at one port of the same " +
      "proxies; Envoy refuses the port with all that is there.",
    message: ({ host, port, by }) =>
      `server name ${quote(host)} at port ${port} of these proxies belongs to ${by} already`,
    help: () => "use another server name, another port or other `workloads`",
  }),
  MW0326: entry<{ secret: string; port: number; cluster: string; other: string }>({
    name: "shared-certificate",
    severity: "warning",
    meaning:
      "Two gateways with the same proxies present the same certificate at one port. Browsers send requests for all " +
      "hosts of a certificate over one connection, and the gateway that opened it answers 404 to the other's hosts.",
    message: ({ secret, port, cluster, other }) =>
      `port ${port} has secret ${quote(secret)} in VirtualGateway ${quote(other)} too, which has the same proxies in ` +
      `cluster ${quote(cluster)}: browsers reuse its connections for the hosts of this gateway, and get 404`,
    help: ({ other }) =>
      `serve the hosts of one certificate by one listener, in ${quote(other)}, or give each gateway a certificate ` +
      "of its own hosts only",
  }),
  MW0327: entry<{ port: number }>({
    name: "redirect-keeps-port",
    severity: "warning",
    meaning:
      "A listener redirects to https from a port other than 80. The redirect keeps the port of the Host header, " +
      "where the proxy does not speak TLS.",
    message: ({ port }) =>
      `\`httpsRedirect\` at port ${port} sends clients to \`https://HOST:${port}\`, where this gateway has no TLS`,
    help: ({ port }) =>
      `set \`port\` to 80, with \`targetPort: ${port}\` if a Service leads there, or remove \`httpsRedirect\``,
  }),
};
