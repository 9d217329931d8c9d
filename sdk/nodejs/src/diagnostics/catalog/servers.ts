import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** Callouts of policies, by their fact. */
const CALLOUTS: Readonly<Record<string, string>> = {
  copies: "mirrored requests",
  questions: "authorization requests",
};

/** 045x: policies that send their own requests. */
export const servers = {
  MW0450: entry<{ what: string; destination: string; to: string; wanted?: string }>({
    name: "callout-host-mismatch",
    severity: "error",
    meaning:
      "A policy sends requests with another Host header than its destination's, such as the original request's, " +
      "to a cluster without a mesh on another network, whose gateway finds destinations by that header.",
    message: ({ what, destination, to }) =>
      `${CALLOUTS[what] ?? what} can't reach ${destination} in ${quote(to)}, which has no mesh: its east-west ` +
      "gateway finds destinations by the Host header, which comes from " +
      (what === "requests for keys" ? "the `url`" : "the original request"),
    help: ({ to, wanted }) =>
      `${wanted === undefined ? "" : `start \`url\` with ${quote(`http://${wanted}`)}, `}` +
      `name a destination that doesn't cross into ${quote(to)}, run the mesh there, or put it on the same network`,
  }),
  MW0451: entry<{ destination: string; port: number; protocol: string }>({
    name: "grpc-server-without-http2",
    severity: "error",
    meaning: "A policy calls its server over gRPC on a port that is not declared to speak HTTP/2.",
    message: ({ destination, port, protocol }) =>
      `port ${port} of ${destination} has protocol ${quote(protocol)}, but the policy calls the server over gRPC`,
    help: ({ protocol }) => {
      const isTls = protocol === "HTTPS" || protocol === "TLS";
      const tls = isTls ? ", and if the server expects TLS, set `clientsideTls` or list a ClientTLSPolicy" : "";
      return `declare the port as \`GRPC\`${tls}; for an authorizer that speaks HTTP, use \`httpService\``;
    },
  }),
  MW0452: entry<{ destination: string; from: string; to: string }>({
    name: "grpc-server-elsewhere",
    severity: "error",
    meaning: "A policy calls a Service on another network over gRPC, but proxies reach Services there over HTTP/1.1.",
    message: ({ destination, from, to }) =>
      `gateways in cluster ${quote(from)} can't call ${destination} in cluster ${quote(to)} over gRPC`,
    help: () => "declare a VirtualDestination for the server, with a port of protocol `GRPC`",
  }),
  MW0453: entry<{ provider: string; destination: string; port: number }>({
    name: "keys-in-plaintext",
    severity: "warning",
    meaning:
      "The keys that verify tokens come from outside the fleet without TLS; " +
      "anyone who can change them in transit can forge tokens.",
    message: ({ provider, destination, port }) =>
      `the keys of provider ${quote(provider)} come from port ${port} of ${destination} without TLS`,
    help: ({ destination, port }) => `set \`clientsideTls\` on port ${port} of ${destination}`,
  }),
};
