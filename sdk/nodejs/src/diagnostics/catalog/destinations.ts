import { entry } from "../catalog-entry.js";
import { list, quote, suggest } from "../words.js";

function portWord(port: number | undefined): string {
  return port === undefined ? "a port" : `port ${port}`;
}

/** 0501 to 0519: destinations and clusters. */
export const destinations = {
  MW0501: entry<{ cluster: string; known: readonly string[] }>({
    name: "unknown-cluster",
    severity: "error",
    meaning: "A name does not belong to any cluster of the fleet.",
    message: ({ cluster }) => `the fleet has no cluster ${quote(cluster)}`,
    help: ({ cluster, known }) => suggest(cluster, known, "clusters of the fleet"),
  }),
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
  MW0503: entry<{ from: string; to: string; destination: string }>({
    name: "missing-east-west-gateway",
    severity: "error",
    meaning: "Callers on another network need to reach a cluster that has no east-west gateway.",
    message: ({ from, to, destination }) =>
      `cluster ${quote(from)} can't reach ${destination} in cluster ${quote(to)}, which has no east-west gateway`,
    help: ({ to }) =>
      `give cluster ${quote(to)} an \`eastWestGateway\` in the fleet, ` +
      "or set the same `network` on both clusters if their pods reach each other directly",
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
  MW0510: entry<{ cluster: string; destination: string }>({
    name: "missing-locality",
    severity: "warning",
    meaning: "A cluster with backends has no locality, so callers can't prefer nearby endpoints.",
    message: ({ cluster, destination }) =>
      `cluster ${quote(cluster)} has no locality, so callers of ${quote(destination)} can't prefer nearby backends`,
    help: ({ cluster }) => `set \`locality.region\` of cluster ${quote(cluster)} in the fleet`,
  }),
  MW0511: entry<{ clusters: readonly string[]; others?: readonly string[] }>({
    name: "unpinned-identity",
    severity: "warning",
    meaning:
      "The service accounts of the backends are not listed, so callers accept any identity of the mesh. " +
      "Reported once per fleet, and for each destination that lists them for some of its services only.",
    message: ({ clusters, others }) =>
      `the service accounts in ${list(clusters)} are not listed, so callers accept any identity of the mesh` +
      (others === undefined ? "" : `; this also applies to VirtualDestinations ${list(others)}`),
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
  MW0514: entry<{ cluster: string; kubeconfig: string; reason: string }>({
    name: "unreadable-kubeconfig",
    severity: "error",
    meaning: "The kubeconfig of a cluster can't be read, or does not have the context.",
    message: ({ cluster, kubeconfig, reason }) =>
      `the kubeconfig of cluster ${quote(cluster)} (${kubeconfig}) can't be used: ${reason}`,
    help: () => "set `kubeconfig` to the path or text of a kubeconfig, and `context` to one of its contexts",
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
  MW0518: entry<{ host: string; cluster: string; exposed: readonly string[] }>({
    name: "host-not-exposed",
    severity: "error",
    meaning: "The east-west gateway of a cluster does not expose the host to other clusters.",
    message: ({ host, cluster, exposed }) =>
      `the east-west gateway of ${quote(cluster)} does not expose ${quote(host)}, ` +
      `expected a host under ${list(exposed, "or")}`,
    help: ({ cluster }) => `add the host to \`eastWestGateway.exposedHosts\` of cluster ${quote(cluster)}`,
  }),
  MW0519: entry<{ hosts: number; protocol: string; port?: number }>({
    name: "tcp-needs-one-host",
    severity: "error",
    meaning: "A port that is neither HTTP nor TLS can't tell several hosts apart.",
    message: ({ hosts, protocol, port }) =>
      `${portWord(port)} (${quote(protocol)}) serves ${hosts} hosts, expected one: only HTTP and TLS tell hosts apart`,
    help: () => "keep one host, or declare one destination per host",
  }),
};
