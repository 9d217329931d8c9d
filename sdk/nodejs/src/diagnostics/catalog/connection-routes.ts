import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";
import { coveredBelowTable } from "./covered-routes.js";
import { portBelowTable } from "./port-conditions.js";

/** 022x and 023x: TCP and TLS routes, their listeners, and callers with sidecars. */
export const connectionRoutes = {
  MW0220: entry<{ route: string; host: string; hosts: readonly string[] }>({
    name: "sni-host-outside-table",
    severity: "error",
    meaning: "A TLS route matches a server name that the table does not serve.",
    message: ({ route, host, hosts }) =>
      `server name ${quote(host)} of route ${quote(route)} is not one of the table's hosts, ` +
      `expected one under ${list(hosts, "or")}`,
    help: ({ host }) => `add ${quote(host)} to the table's \`hosts\`, or use one of them`,
  }),
  MW0221: entry<{ route: string; by: string }>({
    name: "unreachable-connection-route",
    severity: "error",
    meaning: "A TCP or TLS route never gets a connection, because an earlier route of the table takes all of them.",
    message: ({ route, by }) =>
      `route ${quote(route)} never gets a connection: ${quote(by)} takes all of its connections first`,
    help: ({ route, by }) =>
      `move ${quote(route)} before ${quote(by)}, match each on the \`port\` of a different listener, or remove it`,
  }),
  MW0222: entry<{ host: string; by: string }>({
    name: "repeated-sni-host",
    severity: "error",
    meaning: "Two matchers of a table match the same server name on one port; Istio drops the whole later matcher.",
    message: ({ host, by }) => `server name ${quote(host)} already belongs to ${by}, expected each name once per port`,
    help: () => "remove one of the two, or match each on the `port` of a different listener",
  }),
  MW0223: entry<{ port: number; sort: "tcp" | "tls"; listeners: readonly number[]; gateways: readonly string[] }>({
    name: "port-without-connections",
    severity: "error",
    meaning: "A TCP or TLS matcher has a port on which no listener of the table's gateways accepts such connections.",
    message: ({ port, sort, listeners, gateways }) =>
      `no listener of ${list(gateways)} serves \`${sort}\` routes on port ${port}, ` +
      `expected one of ${list(listeners, "or")}`,
    help: () => "use the port of such a listener, or remove the condition",
  }),
  MW0224: entry<{ host: string; gateway: string; port: number; allowed: readonly string[] }>({
    name: "sni-host-not-allowed",
    severity: "error",
    meaning: "A matcher has a server name that the listener does not allow.",
    message: ({ host, gateway, port, allowed }) =>
      `the listener of ${quote(gateway)} on port ${port} does not allow server name ${quote(host)}, ` +
      `expected one under ${list(allowed, "or")}`,
    help: ({ host }) =>
      `set the matcher's \`port\` to that of a listener that allows ${quote(host)}, ` +
      "or move the name into a separate matcher",
  }),
  MW0225: entry<{ field: string }>({
    name: "passthrough-setting",
    severity: "error",
    meaning: "A listener passes TLS through, but has a setting that applies only where TLS is terminated.",
    message: ({ field }) => `mode \`PASSTHROUGH\` takes no ${quote(field)}`,
    help: ({ field }) => `remove ${quote(field)}, or use mode \`SIMPLE\` to terminate TLS at the gateway`,
  }),
  MW0226: entry<{ protocol: string }>({
    name: "passthrough-needs-tls",
    severity: "error",
    meaning: "A listener passes TLS through, but has an HTTP protocol, although it never sees the requests.",
    message: ({ protocol }) => `a listener with mode \`PASSTHROUGH\` has protocol ${quote(protocol)}, expected \`TLS\``,
    help: () => "set the protocol to `TLS`, or use mode `SIMPLE` to terminate TLS at the gateway",
  }),
  MW0227: entry<{
    route: string;
    destination: string;
    port: number;
    adds?: string;
    policy?: string;
    protocol: string;
  }>({
    name: "tls-into-plaintext",
    severity: "error",
    meaning: "A TLS route passes TLS through to a port that does not expect the client's TLS.",
    message: ({ route, destination, port, adds, protocol }) =>
      `route ${quote(route)} passes TLS through to port ${port} of ${destination}, ${
        adds === undefined
          ? `whose protocol is ${quote(protocol)}`
          : `to which callers add their own TLS (${quote(adds)})`
      }`,
    help: ({ adds, policy }) =>
      adds === undefined
        ? "route to a port with protocol `TLS`, `HTTPS` or `TCP`, " +
          "or terminate TLS at the gateway and use an `http` or `tcp` route"
        : `remove ${
            policy === undefined
              ? "`clientsideTls` from the port"
              : `ClientTLSPolicy ${quote(policy)} from the destination`
          }, or route to another one`,
  }),
  MW0228: entry<{ route: string; destination: string; from: string; to: string }>({
    name: "connection-crosses-plaintext",
    severity: "error",
    meaning:
      "A TCP or TLS route leads into a cluster without a mesh on another network, " +
      "where gateways find destinations by the HTTP Host header only.",
    message: ({ route, destination, from, to }) =>
      `connections of route ${quote(route)} can't cross from ${quote(from)} to ${destination} in ${quote(to)}, ` +
      "which has no mesh",
    help: ({ to }) => `run the mesh in ${quote(to)}, put both clusters on one network, or use an \`http\` route`,
  }),
  MW0229: entry<{ kind: string; policy: string }>({
    name: "policy-needs-http",
    severity: "error",
    meaning: "A policy for HTTP requests is listed on a table that has no HTTP routes.",
    message: ({ kind, policy }) =>
      `${kind} ${quote(policy)} acts on HTTP requests, but the table has TCP and TLS routes only`,
    help: ({ policy }) => `remove ${quote(policy)}, or add \`http\` routes and a listener for HTTP`,
  }),
  MW0230: coveredBelowTable,
  MW0231: entry<{ cluster: string }>({
    name: "sidecars-without-mesh",
    severity: "error",
    meaning: "A table is for callers with sidecars, but names a cluster without a mesh, which has no sidecars.",
    message: ({ cluster }) => `cluster ${quote(cluster)} has no mesh, and therefore no sidecars`,
    help: () => "name clusters that have a mesh in `sidecars.clusters`",
  }),
  MW0232: entry<{ host: string }>({
    name: "wildcard-at-sidecars",
    severity: "error",
    meaning:
      "A table for callers with sidecars has a wildcard host, but the mesh names that it would cover can't be known " +
      "in advance.",
    message: ({ host }) => `host ${quote(host)} has a wildcard, expected the names that callers with sidecars use`,
    help: () => "name each host, or move the wildcard into a table that is for gateways only",
  }),
  MW0233: entry<{ host: string; cluster: string; domain: string }>({
    name: "host-not-in-mesh",
    severity: "warning",
    meaning:
      "A host of a table for callers with sidecars belongs neither to a Service nor to a known destination; " +
      "sidecars route hosts that are unknown to the mesh on port 80 only.",
    message: ({ host, cluster, domain }) =>
      `host ${quote(host)} belongs neither to a Service (\`NAME.NAMESPACE.${domain}\`) in cluster ${quote(cluster)} ` +
      "nor to a known destination: sidecars route it on port 80 only, unless the mesh knows it",
    help: () =>
      "write the fully qualified name of the Service, or declare a VirtualDestination or ExternalService with the host",
  }),
  MW0234: portBelowTable,
  MW0235: entry<{ protocol: string }>({
    name: "redirect-without-http",
    severity: "error",
    meaning: "A listener has `httpsRedirect`, but does not speak HTTP.",
    message: ({ protocol }) =>
      `a listener with protocol ${quote(protocol)} has \`httpsRedirect\`, which works with \`HTTP\` only`,
    help: () => "remove `httpsRedirect`, or set the protocol to `HTTP`",
  }),
  MW0236: entry<{ sort: "tls" | "tcp" }>({
    name: "connections-without-root",
    severity: "error",
    meaning: "A table that others delegate to has TCP or TLS routes, which can't be delegated.",
    message: ({ sort }) => `the table has \`${sort}\` routes but no hosts, and only \`http\` routes can be delegated`,
    help: () => "give the table `hosts` and `virtualGateways`, or move the routes into a table that has them",
  }),
};
