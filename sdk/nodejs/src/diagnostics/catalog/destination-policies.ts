import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 047x: policies for how proxies connect to endpoints and check their health. */
export const destinationPolicies = {
  MW0470: entry<{ policy: string; mode: string; from: string; to: string; needed: "istioMutual" | "disable" }>({
    name: "client-tls-ends-at-gateway",
    severity: "error",
    meaning:
      "A client TLS policy is for a destination that some callers reach through an east-west gateway, which accepts " +
      "only the mesh's mutual TLS, or only plaintext where there is no mesh.",
    message: ({ policy, mode, from, to, needed }) =>
      `ClientTLSPolicy ${quote(policy)} sets ${quote(mode)}, but the east-west gateway of ${quote(to)} accepts only ` +
      `${needed === "disable" ? "plaintext" : "the mesh's mutual TLS"} from ${quote(from)}`,
    help: ({ needed, to }) =>
      `use ${quote(needed)}, ` +
      `or declare the destination on a fleet whose clusters reach the pods in ${quote(to)} directly`,
  }),
  MW0471: entry<{ policy?: string; cluster: string; side: "callers" | "pods" }>({
    name: "client-tls-without-mesh",
    severity: "error",
    meaning: "Callers use the mesh's certificates where there is no mesh.",
    message: ({ policy, cluster, side }) =>
      `${
        policy === undefined
          ? "`clientsideTls` sets `ISTIO_MUTUAL`"
          : `ClientTLSPolicy ${quote(policy)} sets \`istioMutual\``
      }, ` + `but ${side} in cluster ${quote(cluster)} have no mesh certificates`,
    help: ({ policy }) =>
      policy === undefined
        ? "use `SIMPLE`, or `MUTUAL` with your own certificates, or list other `clusters`"
        : "use `simple` or `mutual` with your own certificates, or `disable`",
  }),
  MW0472: entry<{ policy: string; mode: string; port: number; protocol: string }>({
    name: "tls-inside-tls",
    severity: "error",
    meaning: "A client TLS policy is for a port whose clients already speak TLS, so pods would receive TLS inside TLS.",
    message: ({ policy, mode, port, protocol }) =>
      `ClientTLSPolicy ${quote(policy)} sets ${quote(mode)}, but clients of port ${port} already speak ${protocol}`,
    help: ({ protocol }) =>
      "move the port to its own destination without the policy, " +
      `or set its \`protocol\` to ${protocol === "HTTPS" ? "HTTP" : "TCP"} if clients speak plaintext`,
  }),
  MW0473: entry<{ first: string; second: string }>({
    name: "probed-twice",
    severity: "error",
    meaning:
      "Two gateways of an active health check policy share proxies, but Envoy takes only one health check per " +
      "destination.",
    message: ({ first, second }) =>
      `VirtualGateways ${quote(first)} and ${quote(second)} may share proxies, expected gateways with separate proxies`,
    help: ({ first, second }) => `remove ${quote(first)} or ${quote(second)}: a probe covers all requests of a proxy`,
  }),
  MW0476: entry<{ policy: string; gateway: string; clusters: readonly string[] }>({
    name: "probe-ends-at-gateway",
    severity: "warning",
    meaning: "An active health check passes through the east-west gateway of another network, and any pod may answer.",
    message: ({ policy, gateway, clusters }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} makes ${quote(gateway)} probe each east-west gateway of ` +
      `${list(clusters)} as one endpoint, whichever pod answers behind it`,
    help: () =>
      "raise `unhealthyThreshold`, so one failing pod does not take its cluster out of service, " +
      "or put the clusters on one network",
  }),
  MW0477: entry<{ policy: string; gateway: string; namespace?: string }>({
    name: "probe-without-destination",
    severity: "warning",
    meaning: "A policy makes a gateway probe a destination that the gateway does not know.",
    message: ({ policy, gateway, namespace }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} names VirtualGateway ${quote(gateway)}, which runs in ${
        namespace === undefined
          ? "no cluster of the destination's fleet"
          : `namespace ${quote(namespace)}, to which the destination is not exported`
      }`,
    help: ({ policy, gateway, namespace }) =>
      namespace === undefined
        ? `remove ${quote(gateway)} from ${quote(policy)}, or add its clusters to the fleet`
        : `add ${quote(namespace)} to \`exportTo\`, or remove ${quote(gateway)} from ${quote(policy)}`,
  }),
  MW0478: entry<{ policy: string; gateway: string; found: string; to: string; host: string }>({
    name: "probe-host-not-found",
    severity: "error",
    meaning:
      "An active health check sets its own Host header, but the east-west gateway of a cluster without a mesh finds " +
      "destinations by that header.",
    message: ({ policy, gateway, found, to, host }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} makes ${quote(gateway)} send the host ${quote(found)}, ` +
      `but the east-west gateway of ${quote(to)} knows the destination as ${quote(host)}`,
    help: () => "remove the host from the probe: it defaults to the destination's own",
  }),
  MW0479: entry<{ policy: string; probe: string; port: number; protocol: string }>({
    name: "probe-does-not-fit-port",
    severity: "error",
    meaning: "An active health check uses a protocol that a port of the destination does not speak.",
    message: ({ policy, probe, port, protocol }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} has a ${quote(probe)}, but port ${port} speaks ${protocol}`,
    help: ({ probe }) =>
      "use `tcpHealthCheck`, or move the port to its own destination" +
      (probe === "grpcHealthCheck" ? ", or set its `protocol` to GRPC if it speaks that" : ""),
  }),
};
