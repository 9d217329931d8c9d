import { entry } from "../catalog-entry.js";
import { list, quote, suggest } from "../words.js";

/** 05xx: clusters of a fleet, and how they reach each other. */
export const clusters = {
  MW0501: entry<{ cluster: string; known: readonly string[] }>({
    name: "unknown-cluster",
    severity: "error",
    meaning: "A name does not belong to any cluster of the fleet.",
    message: ({ cluster }) => `the fleet has no cluster ${quote(cluster)}`,
    help: ({ cluster, known }) => suggest(cluster, known, "clusters of the fleet"),
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
  MW0510: entry<{ cluster: string; destination: string }>({
    name: "missing-locality",
    severity: "warning",
    meaning: "A cluster with backends has no locality, so callers can't prefer nearby endpoints.",
    message: ({ cluster, destination }) =>
      `cluster ${quote(cluster)} has no locality, so callers of ${quote(destination)} can't prefer nearby backends`,
    help: ({ cluster }) => `set \`locality.region\` of cluster ${quote(cluster)} in the fleet`,
  }),
  MW0514: entry<{ cluster: string; kubeconfig: string; reason: string }>({
    name: "unreadable-kubeconfig",
    severity: "error",
    meaning: "The kubeconfig of a cluster can't be read, or does not have the context.",
    message: ({ cluster, kubeconfig, reason }) =>
      `the kubeconfig of cluster ${quote(cluster)} (${kubeconfig}) can't be used: ${reason}`,
    help: () => "set `kubeconfig` to the path or text of a kubeconfig, and `context` to one of its contexts",
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
  MW0526: entry<{ address: string; port: number; other: string }>({
    name: "shared-east-west-address",
    severity: "error",
    meaning: "East-west gateways of two networks have the same address and port, which can lead to only one of them.",
    message: ({ address, port, other }) =>
      `address ${quote(address)} with port ${port} already belongs to cluster ${quote(other)}, ` +
      "which is on another network",
    help: () => "give each east-west gateway a unique address or port, or set the same `network` on both clusters",
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
