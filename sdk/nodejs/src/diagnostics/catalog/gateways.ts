import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** Advice for two listeners on one port that can't be merged, by what differs. */
const HOW_TO_SEPARATE = {
  port: "change a `targetPort`: clients use different ports, so the proxies need two as well",
  protocol: "change a port: the proxies can't serve both protocols on one",
  certificate:
    "move one of the two to a VirtualGateway of its own with the same `workloads`, " +
    "and list the hosts of each certificate in `allowedRouteTables`",
  httpsRedirect: "keep one of the two: a port either redirects to HTTPS or serves routes",
} as const;

/** 03xx: gateways and hosts. */
export const gateways = {
  MW0301: entry<{ host: string; gateway: string; allowed: readonly string[] }>({
    name: "host-not-allowed",
    severity: "error",
    meaning:
      "A route table has a host that no listener of the gateway allows; listeners that only redirect to https don't " +
      "count.",
    message: ({ host, gateway, allowed }) =>
      allowed.length === 0
        ? `VirtualGateway ${quote(gateway)} can't serve host ${quote(host)}: all its listeners redirect to https`
        : `VirtualGateway ${quote(gateway)} does not allow host ${quote(host)}, ` +
          `expected one under ${list(allowed, "or")}`,
    help: ({ gateway, allowed }) =>
      allowed.length === 0
        ? `add an \`HTTPS\` listener to ${quote(gateway)}`
        : `use an allowed host, or ask the owners of ${quote(gateway)} to add the host to \`allowedRouteTables\``,
  }),
  MW0302: entry<{ host: string; gateway: string; other: string }>({
    name: "host-claimed-twice",
    severity: "error",
    meaning: "Two route tables claim the same host on one gateway, and no order between them is defined.",
    message: ({ host, gateway, other }) =>
      `host ${quote(host)} on VirtualGateway ${quote(gateway)} already belongs to RouteTable ${quote(other)}`,
    help: ({ other }) => `move the routes into ${quote(other)}, or use another host`,
  }),
  MW0303: entry<{ host: string; reason: string }>({
    name: "malformed-host",
    severity: "error",
    meaning: "A host is not a DNS name, or has a wildcard where none is allowed.",
    message: ({ host, reason }) => `host ${quote(host)} ${reason}`,
    help: () => "write a DNS name such as `shop.example.com`, or `*.example.com` where wildcards are allowed",
  }),
  MW0304: entry<{ port: number; first: number; differs?: keyof typeof HOW_TO_SEPARATE }>({
    name: "listener-conflict",
    severity: "error",
    meaning: "Two listeners of a gateway bind the same port.",
    message: ({ port, first }) => `port ${port} is already bound by listeners[${first}], expected a unique port`,
    help: ({ differs }) =>
      differs === undefined ? "merge the two listeners, or change a port" : HOW_TO_SEPARATE[differs],
  }),
  MW0305: entry<{ mode: string; found: boolean }>({
    name: "tls-secret",
    severity: "error",
    meaning: "A TLS mode needs a secret and has none, or has one that it would ignore.",
    message: ({ mode, found }) =>
      found ? `mode ${quote(mode)} takes no \`secretName\`` : `mode ${quote(mode)} needs a \`secretName\``,
    help: ({ mode, found }) =>
      found
        ? "remove `secretName`, or use mode `SIMPLE`"
        : `add the \`secretName\` of a TLS secret, or use a mode other than ${quote(mode)}`,
  }),
  MW0306: entry<{ protocol: string; hasTls: boolean }>({
    name: "protocol-and-tls",
    severity: "error",
    meaning: "The protocol of a listener and its TLS settings contradict each other.",
    message: ({ protocol, hasTls }) =>
      hasTls
        ? `a listener with \`tls\` has protocol ${quote(protocol)}, expected \`HTTPS\` or \`TLS\``
        : `a listener with protocol ${quote(protocol)} has no \`tls\``,
    help: ({ hasTls }) =>
      hasTls
        ? "set the protocol to `HTTPS`, or to `TLS` for protocols other than HTTP, or remove `tls`"
        : "add `tls`, or set the protocol to `HTTP` or `TCP`",
  }),
  MW0307: entry<{ port?: number }>({
    name: "redirect-on-tls",
    severity: "error",
    meaning: "A listener that already speaks TLS has a redirect to https.",
    message: ({ port }) =>
      `the listener${port === undefined ? "" : ` on port ${port}`} speaks TLS and has \`httpsRedirect\`, ` +
      "which would redirect in an endless loop",
    help: () => "put `httpsRedirect` on the HTTP listener instead",
  }),
  MW0308: entry<{ minimum: string; maximum?: string; needsCiphers: boolean }>({
    name: "tls-versions",
    severity: "error",
    meaning: "The minimum TLS version is above the maximum, or is an old version that needs explicit cipher suites.",
    message: ({ minimum, maximum, needsCiphers }) =>
      needsCiphers
        ? `${quote(minimum)} as the minimum version needs \`cipherSuites\``
        : `the minimum version ${quote(minimum)} is above the maximum, ${quote(maximum)}`,
    help: ({ needsCiphers }) =>
      needsCiphers ? "raise `minimumProtocolVersion` to `TLSv1_2`, or set `cipherSuites`" : "swap the two versions",
  }),
  MW0309: entry<{ table: string; gateway: string; wanted: readonly string[] }>({
    name: "table-not-selected",
    severity: "error",
    meaning: "A gateway allows the host only to route tables with labels that this table does not have.",
    message: ({ table, gateway, wanted }) =>
      `VirtualGateway ${quote(gateway)} allows the host only to route tables with ${list(wanted, "or")}, ` +
      `but ${quote(table)} has other labels`,
    help: () => "add the labels to the route table, or ask the gateway's owners to widen the selector",
  }),
  MW0310: entry<{ host: string; port: number; cluster: string; other: string }>({
    name: "tls-host-taken",
    severity: "error",
    meaning:
      "Two gateways with the same proxies have the same TLS host on one port; the proxies keep only one of them.",
    message: ({ host, port, cluster, other }) =>
      `TLS host ${quote(host)} on port ${port} already belongs to VirtualGateway ${quote(other)}, ` +
      `which has the same proxies in cluster ${quote(cluster)}`,
    help: ({ other }) =>
      `keep the host on one of the two gateways, choose other \`workloads\`, or extend ${quote(other)}`,
  }),
  MW0311: entry<{ port: number; cluster: string; other: string }>({
    name: "mixed-port",
    severity: "error",
    meaning:
      "Two gateways with the same proxies disagree on whether a port speaks TLS; the proxies keep only one of them.",
    message: ({ port, cluster, other }) =>
      `port ${port} has a different protocol in VirtualGateway ${quote(other)}, ` +
      `which has the same proxies in cluster ${quote(cluster)}`,
    help: () => "use the same protocol in both gateways, another port, or other `workloads`",
  }),
  MW0312: entry<{ host: string; by: string }>({
    name: "covered-host",
    severity: "error",
    meaning: "A host of a route table is under a wildcard host of the same table, which Istio rejects.",
    message: ({ host, by }) =>
      `host ${quote(host)} is under ${quote(by)} of the same table, expected hosts that don't overlap`,
    help: ({ host, by }) => `remove ${quote(host)}, which ${quote(by)} already serves, or move it to a separate table`,
  }),
  MW0313: entry<{ host: string; by: string }>({
    name: "covered-termination-host",
    severity: "error",
    meaning:
      "A host of a virtual destination with `tlsTermination` is under another of its hosts; east-west gateways " +
      "take every name below a host, and Istio rejects duplicates.",
    message: ({ host, by }) => `host ${quote(host)} is under ${quote(by)}, expected hosts that don't overlap`,
    help: ({ host }) => `move ${quote(host)} to a separate virtual destination, or use client mode \`sniRouting\``,
  }),
  MW0314: entry<{ port: number; use: string }>({
    name: "port-of-proxy",
    severity: "error",
    meaning: "A gateway listens at a port that Istio's proxies use themselves; Envoy refuses the listener.",
    message: ({ port, use }) => `proxies use port ${port} themselves, for ${use}`,
    help: () => "choose another port; clients may use this one where a Service leads from it to a `targetPort`",
  }),
};
