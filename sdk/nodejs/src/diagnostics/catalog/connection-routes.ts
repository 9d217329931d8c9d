import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 022x and 023x: routes of connections, listeners for them, and callers with sidecars. */
export const connectionRoutes = {
  MW0220: entry<{ route: string; host: string; hosts: readonly string[] }>({
    name: "sni-host-outside-table",
    severity: "error",
    meaning: "A TLS route asks for a server name that the table does not serve.",
    message: ({ route, host, hosts }) =>
      `server name ${quote(host)} of route ${quote(route)} is none of the table's hosts, expected one under ${list(hosts, "or")}`,
    help: ({ host }) => `add ${quote(host)} to the table's \`hosts\`, or use one of them`,
  }),
  MW0221: entry<{ route: string; by: string }>({
    name: "unreachable-connection-route",
    severity: "error",
    meaning: "A route of connections never takes one, because an earlier route of the table takes all of them.",
    message: ({ route, by }) =>
      `route ${quote(route)} never takes a connection: ${quote(by)} takes all of its connections first`,
    help: ({ route, by }) =>
      `move ${quote(route)} before ${quote(by)}, tell them apart by the \`port\` of a listener, or remove it`,
  }),
  MW0222: entry<{ host: string; by: string }>({
    name: "repeated-sni-host",
    severity: "error",
    meaning: "Two matchers of a table ask for one server name at one port; Istio leaves out the whole later matcher.",
    message: ({ host, by }) =>
      `server name ${quote(host)} already belongs to ${by}, expected each name once for a port`,
    help: () => "remove one of the two, or tell them apart by the `port` of a listener",
  }),
  MW0223: entry<{ port: number; sort: "tcp" | "tls"; listeners: readonly number[]; gateways: readonly string[] }>({
    name: "port-without-connections",
    severity: "error",
    meaning:
      "A matcher of connections asks for a port at which no listener of the table's gateways takes such connections.",
    message: ({ port, sort, listeners, gateways }) =>
      `no listener of ${list(gateways)} serves \`${sort}\` routes at port ${port}, expected one of ${list(listeners, "or")}`,
    help: () => "use the port of such a listener, or remove the condition",
  }),
  MW0224: entry<{ host: string; gateway: string; port: number; allowed: readonly string[] }>({
    name: "sni-host-not-allowed",
    severity: "error",
    meaning: "A matcher brings a server name to a listener that does not allow it.",
    message: ({ host, gateway, port, allowed }) =>
      `the listener of ${quote(gateway)} on port ${port} does not allow server name ${quote(host)}, expected one under ${list(allowed, "or")}`,
    help: ({ host }) =>
      `give the matcher the \`port\` of a listener that allows ${quote(host)}, or move the name into a matcher of its own`,
  }),
  MW0225: entry<{ field: string }>({
    name: "passthrough-setting",
    severity: "error",
    meaning: "A listener that passes TLS through has a setting for TLS that it would open.",
    message: ({ field }) => `mode \`PASSTHROUGH\` takes no ${quote(field)}`,
    help: ({ field }) => `remove ${quote(field)}, or use mode \`SIMPLE\` to open TLS at the gateway`,
  }),
  MW0226: entry<{ protocol: string }>({
    name: "passthrough-needs-tls",
    severity: "error",
    meaning: "A listener passes TLS through and has the protocol of requests, which it never sees.",
    message: ({ protocol }) => `a listener of mode \`PASSTHROUGH\` has protocol ${quote(protocol)}, expected \`TLS\``,
    help: () => "set the protocol to `TLS`, or use mode `SIMPLE` to open TLS at the gateway",
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
    meaning: "A TLS route passes TLS on to a port that does not expect it from the client.",
    message: ({ route, destination, port, adds, protocol }) =>
      `route ${quote(route)} passes TLS on to port ${port} of ${destination}, ${adds === undefined ? `whose protocol is ${quote(protocol)}` : `to which callers add TLS of their own (${quote(adds)})`}`,
    help: ({ adds, policy }) =>
      adds === undefined
        ? "route to a port of protocol `TLS`, `HTTPS` or `TCP`, or open TLS at the gateway and use an `http` or `tcp` route"
        : `remove ${policy === undefined ? "`clientsideTls` from the port" : `ClientTLSPolicy ${quote(policy)} from the destination`}, or route to another one`,
  }),
  MW0228: entry<{ route: string; destination: string; from: string; to: string }>({
    name: "connection-crosses-plaintext",
    severity: "error",
    meaning:
      "A route of connections leads into a cluster without a mesh on another network, where only the Host header of HTTP finds a destination.",
    message: ({ route, destination, from, to }) =>
      `connections of route ${quote(route)} can't cross from ${quote(from)} to ${destination} in ${quote(to)}, which has no mesh`,
    help: ({ to }) => `run the mesh in ${quote(to)}, put both clusters on one network, or use an \`http\` route`,
  }),
  MW0229: entry<{ kind: string; policy: string }>({
    name: "policy-needs-http",
    severity: "error",
    meaning: "A policy of requests is listed on a table that has no routes of requests.",
    message: ({ kind, policy }) =>
      `${kind} ${quote(policy)} acts on HTTP requests, and the table routes connections only`,
    help: ({ policy }) => `remove ${quote(policy)}, or route requests with \`http\` at a listener for HTTP`,
  }),
  MW0231: entry<{ cluster: string }>({
    name: "sidecars-without-mesh",
    severity: "error",
    meaning: "A table is for callers with sidecars in a cluster without a mesh, where there are none.",
    message: ({ cluster }) => `cluster ${quote(cluster)} has no mesh, and so no sidecars`,
    help: () => "name the clusters that have a mesh in `sidecars.clusters`",
  }),
  MW0232: entry<{ host: string }>({
    name: "wildcard-at-sidecars",
    severity: "error",
    meaning:
      "A table for callers with sidecars has a wildcard host; which names of the mesh lie under it can't be told before.",
    message: ({ host }) => `host ${quote(host)} has a wildcard, expected the names that callers with sidecars use`,
    help: () => "name each host, or move the wildcard into a table of gateways only",
  }),
  MW0233: entry<{ host: string; cluster: string; domain: string }>({
    name: "host-not-in-mesh",
    severity: "warning",
    meaning:
      "A host of a table for callers with sidecars is neither that of a Service nor of a destination that is known here; sidecars route hosts that the mesh does not know at port 80 only.",
    message: ({ host, cluster, domain }) =>
      `host ${quote(host)} is neither a Service's, as \`NAME.NAMESPACE.${domain}\` in cluster ${quote(cluster)}, nor that of a destination known here: sidecars route it at port 80 only, unless the mesh has it`,
    help: () =>
      "write out the whole name of the Service, or make a VirtualDestination or ExternalService with the host",
  }),
  MW0235: entry<{ protocol: string }>({
    name: "redirect-without-http",
    severity: "error",
    meaning: "A listener that does not speak HTTP has `httpsRedirect`.",
    message: ({ protocol }) =>
      `a listener with protocol ${quote(protocol)} has \`httpsRedirect\`, which only \`HTTP\` can do`,
    help: () => "remove `httpsRedirect`, or set the protocol to `HTTP`",
  }),
  MW0236: entry<{ sort: "tls" | "tcp" }>({
    name: "connections-without-root",
    severity: "error",
    meaning: "A table that others delegate to has routes of connections, which can't be delegated.",
    message: ({ sort }) => `the table has \`${sort}\` routes and no hosts, and only \`http\` routes can be delegated`,
    help: () => "give the table `hosts` and `virtualGateways`, or move the routes into a table that has them",
  }),
};
