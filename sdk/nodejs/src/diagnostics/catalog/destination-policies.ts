import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 047x: policies about how proxies speak to endpoints, and what they know of them. */
export const destinationPolicies = {
  MW0470: entry<{ policy: string; mode: string; from: string; to: string; needed: "istioMutual" | "disable" }>({
    name: "client-tls-ends-at-gateway",
    severity: "error",
    meaning:
      "A client TLS policy is for a destination that some callers reach through an east-west gateway, which takes nothing but the mesh's mutual TLS, or plaintext where there is no mesh.",
    message: ({ policy, mode, from, to, needed }) =>
      `ClientTLSPolicy ${quote(policy)} says ${quote(mode)}, and the east-west gateway of ${quote(to)} takes ${needed === "disable" ? "plaintext" : "the mesh's mutual TLS"} from ${quote(from)}`,
    help: ({ needed, to }) =>
      `use ${quote(needed)}, or make the destination on a fleet of clusters that reach the pods in ${quote(to)} directly`,
  }),
  MW0471: entry<{ policy?: string; cluster: string; side: "callers" | "pods" }>({
    name: "client-tls-without-mesh",
    severity: "error",
    meaning: "Callers are to use the mesh's certificates where there is no mesh.",
    message: ({ policy, cluster, side }) =>
      `${policy === undefined ? "`clientsideTls` says `ISTIO_MUTUAL`" : `ClientTLSPolicy ${quote(policy)} says \`istioMutual\``}, ` +
      `and ${side} in cluster ${quote(cluster)} have no certificates of a mesh`,
    help: ({ policy }) =>
      policy === undefined
        ? "use `SIMPLE`, or `MUTUAL` with certificates of your own, or name other `clusters`"
        : "use `simple` or `mutual` with certificates of your own, or `disable`",
  }),
  MW0472: entry<{ policy: string; mode: string; port: number; protocol: string }>({
    name: "tls-inside-tls",
    severity: "error",
    meaning:
      "A client TLS policy is for a port whose clients speak TLS themselves, so that pods would find TLS inside TLS.",
    message: ({ policy, mode, port, protocol }) =>
      `ClientTLSPolicy ${quote(policy)} says ${quote(mode)}, and clients of port ${port} speak ${protocol} already`,
    help: ({ protocol }) =>
      `give the port a destination of its own without the policy, or ${protocol === "HTTPS" ? "the `protocol` HTTP" : "the `protocol` TCP"} if clients speak plaintext`,
  }),
  MW0473: entry<{ first: string; second: string }>({
    name: "probed-twice",
    severity: "error",
    meaning:
      "Two gateways of an active health check policy share proxies, and Envoy takes one health check for a destination only.",
    message: ({ first, second }) =>
      `VirtualGateways ${quote(first)} and ${quote(second)} may have the same proxies, expected gateways apart from each other`,
    help: ({ first, second }) => `remove ${quote(first)} or ${quote(second)}: probes are for all requests of a proxy`,
  }),
  MW0476: entry<{ policy: string; gateway: string; clusters: readonly string[] }>({
    name: "probe-ends-at-gateway",
    severity: "warning",
    meaning:
      "An active health check goes through the east-west gateway of another network, behind which any pod may answer.",
    message: ({ policy, gateway, clusters }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} lets ${quote(gateway)} probe each east-west gateway of ${list(clusters)} as one endpoint, whichever pod answers behind it`,
    help: () =>
      "use a higher `unhealthyThreshold`, so that one pod that fails does not shut off its cluster, or put the clusters on one network",
  }),
  MW0477: entry<{ policy: string; gateway: string; namespace?: string }>({
    name: "probe-without-destination",
    severity: "warning",
    meaning: "A gateway is to probe a destination that it does not know.",
    message: ({ policy, gateway, namespace }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} names VirtualGateway ${quote(gateway)}, which runs in ${namespace === undefined ? "no cluster of the destination's fleet" : `namespace ${quote(namespace)}, to which the destination is not exported`}`,
    help: ({ policy, gateway, namespace }) =>
      namespace === undefined
        ? `remove ${quote(gateway)} from ${quote(policy)}, or add its clusters to the fleet`
        : `add ${quote(namespace)} to \`exportTo\`, or remove ${quote(gateway)} from ${quote(policy)}`,
  }),
  MW0478: entry<{ policy: string; gateway: string; found: string; to: string; host: string }>({
    name: "probe-host-not-found",
    severity: "error",
    meaning:
      "An active health check has a Host header of its own, and the east-west gateway of a cluster without a mesh finds destinations by that header.",
    message: ({ policy, gateway, found, to, host }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} lets ${quote(gateway)} ask for ${quote(found)}, and the east-west gateway of ${quote(to)} knows the destination as ${quote(host)}`,
    help: () => "remove the host from the probe: the destination's own is the default",
  }),
  MW0479: entry<{ policy: string; probe: string; port: number; protocol: string }>({
    name: "probe-does-not-fit-port",
    severity: "error",
    meaning: "An active health check speaks a protocol that a port of the destination does not.",
    message: ({ policy, probe, port, protocol }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} has a ${quote(probe)}, and port ${port} speaks ${protocol}`,
    help: ({ probe }) =>
      `use \`tcpHealthCheck\`, or give the port a destination of its own${probe === "grpcHealthCheck" ? ", or the `protocol` GRPC if it speaks that" : ""}`,
  }),
};
