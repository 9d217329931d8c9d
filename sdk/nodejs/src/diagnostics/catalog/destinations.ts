import { entry } from "../catalog-entry.js";
import { list, quote, suggest } from "../words.js";

function portWord(port: number | undefined): string {
  return port === undefined ? "a port" : `port ${port}`;
}

/** 05xx: destinations. */
export const destinations = {
  MW0502: entry<{ destination: string; port?: number; ports: readonly number[] }>({
    name: "unknown-port",
    severity: "error",
    meaning: "A destination does not have the port, or has several ports and none is chosen.",
    message: ({ destination, port, ports }) =>
      (port === undefined ? `no port is chosen for ${destination}` : `${destination} has no port ${port}`) +
      (ports.length === 0 ? "" : `, expected ${list(ports, "or")}`),
    help: ({ ports }) =>
      ports.length === 0 ? "set `port` to a port of the Service" : `set \`port\` to ${list(ports, "or")}`,
  }),
  MW0504: entry<{ from: string; to: string; destination: string }>({
    name: "no-identity",
    severity: "error",
    meaning: "A caller without a mesh identity needs to enter a mesh that requires one.",
    message: ({ from, to, destination }) =>
      `cluster ${quote(from)} has no mesh, so its gateways have no identity to enter the mesh of ${quote(to)}, ` +
      `where ${destination} runs`,
    help: ({ from }) => `run the mesh in ${quote(from)} too, or add a backend there`,
  }),
  MW0505: entry<{ cluster: string; namespaces: readonly string[] }>({
    name: "services-span-namespaces",
    severity: "error",
    meaning:
      "The services of a virtual destination are in several namespaces of one cluster or network, " +
      "but one selector can't span namespaces.",
    message: ({ cluster, namespaces }) =>
      `the services that cluster ${quote(cluster)} reaches directly are in namespaces ${list(namespaces)}, ` +
      "expected one namespace",
    help: () => "declare one virtual destination per namespace, and weight them in a route",
  }),
  MW0506: entry<{ host: string; other: string; namespace: string; areExternal: boolean }>({
    name: "destination-host-taken",
    severity: "error",
    meaning: "Two destinations have the same host, so callers would reach only one of them.",
    message: ({ host, other, namespace }) =>
      `host ${quote(host)} already belongs to ${other}, and ${
        namespace === "*" ? "callers in every namespace" : `callers and gateways in ${quote(namespace)}`
      } would see both`,
    help: ({ areExternal, namespace }) =>
      areExternal
        ? `limit \`exportTo\` of each to the namespaces of its own team${
            namespace === "*" ? "" : `, without ${quote(namespace)}`
          }; or choose another host, or merge the two`
        : "choose another host, or merge the two",
  }),
  MW0507: entry<{ host: string; suffix: string }>({
    name: "host-of-a-service",
    severity: "error",
    meaning: "A virtual destination has a host in the domain of Kubernetes Services, which always win.",
    message: ({ host, suffix }) =>
      `host ${quote(host)} is in the domain of Kubernetes Services (${quote(suffix)}), expected another domain`,
    help: () => "use another domain, as in `reviews.global`",
  }),
  MW0508: entry<{ what: string; value: string | number; first: number }>({
    name: "duplicate-entry",
    severity: "error",
    meaning: "A list has duplicate entries, but must have unique ones.",
    message: ({ what, value, first }) => `${what} ${quote(value)} is a duplicate of [${first}]`,
    help: () => "remove one of the two, or change it",
  }),
  MW0509: entry<{ destination: string; subset: string; declared: readonly string[] }>({
    name: "undeclared-subset",
    severity: "error",
    meaning: "A route chooses a subset that the virtual destination does not declare, so other clusters don't know it.",
    message: ({ destination, subset, declared }) =>
      declared.length === 0
        ? `${destination} declares no subsets, found ${quote(subset)}`
        : `${destination} declares no subset ${quote(subset)}, expected ${list(declared, "or")}`,
    help: ({ subset }) => `add \`{ labels: { ${subset.replaceAll("=", ": ")} } }\` to the destination's \`subsets\``,
  }),
  MW0511: entry<{ clusters: readonly string[] }>({
    name: "unpinned-identity",
    severity: "warning",
    meaning: "The service accounts of the backends are not listed, so callers accept any identity of the mesh.",
    message: ({ clusters }) =>
      `the service accounts in ${list(clusters)} are not listed, so callers accept any identity of the mesh`,
    help: () => "list the pods' `serviceAccounts` on every service",
  }),
  MW0512: entry<{ port?: number; protocol: string; from: string; to: string }>({
    name: "plaintext-needs-http",
    severity: "error",
    meaning:
      "A port that is not HTTP needs to cross into a cluster without a mesh, where gateways tell destinations apart " +
      "by the HTTP host only.",
    message: ({ port, protocol, from, to }) =>
      `${portWord(port)} (${quote(protocol)}) can't cross from ${quote(from)} to ${quote(to)}, ` +
      "which has no mesh: only HTTP ports can",
    help: ({ to }) => `run the mesh in ${quote(to)}, put both clusters on one network, or make the port HTTP`,
  }),
  MW0513: entry<{ ports: number }>({
    name: "termination-needs-one-port",
    severity: "error",
    meaning:
      "With `tlsTermination` the east-west gateway tells destinations apart by host only, so there can be only one " +
      "port.",
    message: ({ ports }) => `\`tlsTermination\` takes one port, found ${ports}`,
    help: () => "declare one virtual destination per port, or use `sniRouting`",
  }),
  MW0515: entry<{ field: string; with: string }>({
    name: "excluded-field",
    severity: "error",
    meaning: "Two fields of the same object exclude each other.",
    message: ({ field, with: other }) => `${quote(field)} excludes ${quote(other)}, found both`,
    help: ({ field, with: other }) => `remove ${quote(field)} or ${quote(other)}`,
  }),
  MW0516: entry<{ port: string; known: readonly string[] }>({
    name: "unknown-port-name",
    severity: "error",
    meaning: "An endpoint maps a port name that the external service does not have.",
    message: ({ port }) => `the external service has no port named ${quote(port)}`,
    help: ({ port, known }) => suggest(port, known, "port names"),
  }),
  MW0517: entry<{ route: string; destination: string; to: string }>({
    name: "host-rewrite-lost",
    severity: "error",
    meaning:
      "A route rewrites the Host header, but the destination crosses into a cluster without a mesh, " +
      "whose gateway finds it by that header.",
    message: ({ route, destination, to }) =>
      `route ${quote(route)} rewrites the host, but ${quote(to)} has no mesh, ` +
      `and its east-west gateway finds ${destination} by the original host`,
    help: () => "remove `hostRewrite`, or put both clusters on one network",
  }),
  MW0519: entry<{ hosts: number; protocol: string; port?: number }>({
    name: "tcp-needs-one-host",
    severity: "error",
    meaning: "A port that is neither HTTP nor TLS can't tell several hosts apart.",
    message: ({ hosts, protocol, port }) =>
      `${portWord(port)} (${quote(protocol)}) serves ${hosts} hosts, expected one: only HTTP and TLS tell hosts apart`,
    help: () => "keep one host, or declare one destination per host",
  }),
  MW0520: entry<{ reason: string }>({
    name: "external-resolution",
    severity: "error",
    meaning: "The hosts, addresses, ports and endpoints of an external service disagree on where requests go.",
    message: ({ reason }) => reason,
    help: () => "set `endpoints` with IP addresses, or remove the fields that don't fit",
  }),
  MW0521: entry<{ mode: string; field: string; needed: boolean }>({
    name: "client-tls-files",
    severity: "error",
    meaning: "A client TLS mode lacks its certificate, or has a field that it would ignore.",
    message: ({ mode, field, needed }) =>
      needed ? `mode ${quote(mode)} needs ${quote(field)}` : `mode ${quote(mode)} ignores ${quote(field)}`,
    help: ({ field, needed }) => (needed ? `add ${quote(field)}, or use mode \`SIMPLE\`` : `remove ${quote(field)}`),
  }),
  MW0522: entry<{ destination: string; gateway?: string; cluster: string; known: readonly string[] }>({
    name: "destination-not-in-cluster",
    severity: "error",
    meaning:
      "A route's destination is not known in a cluster where the table's gateway, or its callers with sidecars, run.",
    message: ({ destination, gateway, cluster, known }) =>
      `${destination} is known in ${list(known)} only, but ${
        gateway === undefined ? "the table has `sidecars` in" : `VirtualGateway ${quote(gateway)} also runs in`
      } cluster ${quote(cluster)}`,
    help: ({ destination, cluster, gateway }) =>
      gateway === undefined
        ? `add ${quote(cluster)} to the clusters of ${destination}, or name other \`clusters\` in \`sidecars\``
        : `add ${quote(cluster)} to the clusters of ${destination}, or remove the route from that gateway`,
  }),
  MW0523: entry<{ destination: string; from: string; to: string }>({
    name: "remote-service-subset",
    severity: "error",
    meaning: "A route chooses a subset of a Service on another network, where the subset is not known.",
    message: ({ destination, from, to }) =>
      `callers in cluster ${quote(from)} can't choose a subset of ${destination} in cluster ${quote(to)}`,
    help: () => "declare a VirtualDestination with the subset, and route to it",
  }),
  MW0524: entry<{
    destination: string;
    gateway?: string;
    namespace: string;
    exportTo: readonly string[];
    sharedBy?: string;
  }>({
    name: "destination-not-exported",
    severity: "error",
    meaning:
      "A route's destination is not exported to the namespace of the table's gateway, or of its callers with sidecars.",
    message: ({ destination, gateway, namespace, exportTo }) =>
      `${destination} is exported to ${list(exportTo)} only, but ${
        gateway === undefined ? "the table has `sidecars`" : `VirtualGateway ${quote(gateway)} runs`
      } in namespace ${quote(namespace)}`,
    help: ({ namespace, sharedBy }) =>
      sharedBy === undefined
        ? `add ${quote(namespace)} to its \`exportTo\``
        : `if teams share the gateways in ${quote(namespace)}, add it to \`gatewayNamespaces\` of the fleet; ` +
          `otherwise ask ${quote(sharedBy)} to export the destination to the workspace that owns ${quote(namespace)}`,
  }),
  MW0525: entry<{ destination: string; subset: string }>({
    name: "empty-subset",
    severity: "error",
    meaning: "A route chooses a subset of an external service, but no endpoint belongs to the subset.",
    message: ({ destination, subset }) => `no endpoint of ${destination} has the labels ${quote(subset)}`,
    help: () => "give an endpoint these `labels`, or remove the `subset`",
  }),
  MW0527: entry<{ destination: string; hosts: readonly string[] }>({
    name: "wildcard-destination",
    severity: "error",
    meaning: "A route forwards to an external service with a wildcard host and no endpoints, which has no address.",
    message: ({ destination, hosts }) =>
      `${destination} has no address to forward to: it has no endpoints, and ` +
      (hosts.length === 1 ? `its host ${list(hosts)} is a wildcard` : `one of its hosts ${list(hosts)} is a wildcard`),
    help: () => "give it `endpoints`, or declare an ExternalService with just the host that the route needs",
  }),
  MW0528: entry<{ destination: string; port: number; protocol: string }>({
    name: "encrypted-port",
    severity: "warning",
    meaning: "An HTTP route forwards plain HTTP to a port whose pods expect TLS.",
    message: ({ destination, port, protocol }) =>
      `port ${port} of ${destination} has protocol ${quote(protocol)}, but the gateway forwards plain HTTP`,
    help: () => "route to an HTTP port of the destination, or declare the port as `HTTP` if its pods speak that",
  }),
  MW0529: entry<{ what: string }>({
    name: "name-from-output",
    severity: "error",
    meaning: "The name of a rendered object would be derived from a value that is an Output.",
    message: ({ what }) => `${what} is an Output, expected a plain value: an object's name is derived from it`,
    help: () => "write the plain value here",
  }),
  MW0530: entry<{ by: string; destination: string; to: string }>({
    name: "subset-lost",
    severity: "error",
    meaning:
      "A route or a policy chooses a subset of a destination that crosses into a cluster without a mesh, " +
      "which sees only the host.",
    message: ({ by, destination, to }) =>
      `${by} chooses a subset of ${destination}, but ${quote(to)} has no mesh and sees only the host, not the subset`,
    help: ({ to }) => `declare a VirtualDestination for just the subset, or put ${quote(to)} on the same network`,
  }),
};
