import { entry } from "../diagnostic.js";
import { quote } from "../words.js";

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
  MW0471: entry<{ policy: string; cluster: string; side: "callers" | "pods" }>({
    name: "client-tls-without-mesh",
    severity: "error",
    meaning: "A client TLS policy asks for the mesh's certificates where there is no mesh.",
    message: ({ policy, cluster, side }) =>
      `ClientTLSPolicy ${quote(policy)} says \`istioMutual\`, and ${side} in cluster ${quote(cluster)} have no certificates of a mesh`,
    help: () => "use `simple` or `mutual` with certificates of your own, or `disable`",
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
};
