import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 0520 to 0531: external services, routes to destinations, and what callers need to reach them. */
export const routedDestinations = {
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
  MW0526: entry<{ address: string; port: number; other: string }>({
    name: "shared-east-west-address",
    severity: "error",
    meaning: "East-west gateways of two networks have the same address and port, which can lead to only one of them.",
    message: ({ address, port, other }) =>
      `address ${quote(address)} with port ${port} already belongs to cluster ${quote(other)}, ` +
      "which is on another network",
    help: () => "give each east-west gateway a unique address or port, or set the same `network` on both clusters",
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
  MW0528: entry<{ destination: string; port: number; protocol: string; isExternal?: boolean }>({
    name: "encrypted-port",
    severity: "warning",
    meaning: "A route or a policy sends plaintext to a port whose server expects TLS.",
    message: ({ destination, port, protocol }) =>
      `port ${port} of ${destination} has protocol ${quote(protocol)}, but callers send plaintext`,
    help: ({ isExternal = false, port, protocol }) => {
      const plain = quote(protocol === "HTTPS" ? "HTTP" : "TCP");
      return isExternal
        ? `set \`clientsideTls: {}\` on port ${port}, or declare the port as ${plain} if the server speaks plaintext`
        : `declare the port as ${plain}; if its pods expect TLS, also list a ClientTLSPolicy of \`simple\` or ` +
            "`mutual`";
    },
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
  MW0531: entry<{ cluster: string }>({
    name: "no-credentials",
    severity: "error",
    meaning:
      "The descriptor of a fleet has no credentials for a cluster, because the fleet was given a provider for it.",
    message: ({ cluster }) =>
      `the fleet's descriptor has no credentials for cluster ${quote(cluster)}, expected a kubeconfig`,
    help: () =>
      "give the fleet a `kubeconfig` and `context` for this cluster instead of a `provider`, " +
      "or declare a fleet in this program",
  }),
};
