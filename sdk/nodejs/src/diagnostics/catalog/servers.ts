import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 045x: policies that make requests of their own. */
export const servers = {
  MW0450: entry<{ what: string; destination: string; to: string; wanted?: string }>({
    name: "callout-host-mismatch",
    severity: "error",
    meaning:
      "A policy sends requests with a Host header of their own, such as that of the original, to a cluster without a mesh on another network, whose gateway finds destinations by that header.",
    message: ({ what, destination, to }) =>
      `${what} can't reach ${destination} in ${quote(to)}, which has no mesh: its east-west gateway goes by the Host header, and that is ${what === "requests for keys" ? "the `url`'s" : "the original's"}`,
    help: ({ to, wanted }) =>
      `${wanted === undefined ? "" : `begin \`url\` with ${quote(`http://${wanted}`)}, `}name a destination that doesn't cross into ${quote(to)}, run the mesh there, or put it on the same network`,
  }),
  MW0451: entry<{ destination: string; port: number; protocol: string }>({
    name: "grpc-server-without-http2",
    severity: "error",
    meaning: "A policy asks its server by gRPC at a port that is not declared to speak HTTP/2.",
    message: ({ destination, port, protocol }) =>
      `port ${port} of ${destination} has protocol ${quote(protocol)}, and the server is asked by gRPC`,
    help: ({ protocol }) => {
      const isTls = protocol === "HTTPS" || protocol === "TLS";
      const tls = isTls ? ", with TLS of callers if the server expects it (`clientsideTls`, or a ClientTLSPolicy)" : "";
      return `declare the port as \`GRPC\`${tls}; an authorizer that speaks HTTP is asked with \`httpService\``;
    },
  }),
  MW0452: entry<{ destination: string; from: string; to: string }>({
    name: "grpc-server-elsewhere",
    severity: "error",
    meaning: "A policy asks a Service on another network by gRPC, and Services are reached there by HTTP/1.1.",
    message: ({ destination, from, to }) =>
      `gateways in cluster ${quote(from)} can't ask ${destination} in cluster ${quote(to)} by gRPC`,
    help: () => "make a VirtualDestination of the server, with a port of protocol `GRPC`",
  }),
  MW0453: entry<{ provider: string; destination: string; port: number }>({
    name: "keys-in-plaintext",
    severity: "warning",
    meaning:
      "The keys of tokens come from outside the fleet without TLS. Who can change them on the way can make tokens.",
    message: ({ provider, destination, port }) =>
      `the keys of provider ${quote(provider)} come from port ${port} of ${destination}, without TLS`,
    help: ({ destination, port }) => `give port ${port} of ${destination} a \`clientsideTls\``,
  }),
};
