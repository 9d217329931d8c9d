import { PortProtocol } from "../../args/virtual-destination.js";
import { isDeferred } from "../../model/deferred.js";
import { isAskedByGrpc } from "../facts/asked-by-grpc.js";
import { clusterPathsOf } from "../facts/cluster-paths.js";
import { declaredPort } from "../facts/declared-port.js";
import { describeDestinationTarget, effectiveDestinations, everyDestination } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const grpcServerProtocol: Rule = {
  name: "grpc-server-protocol",
  codes: ["MW0451", "MW0452"],
  description: "Servers that a policy calls over gRPC have a port that speaks HTTP/2, including across networks.",
  check(context) {
    for (const { subject, destination, path } of everyDestination(context)) {
      const port = isAskedByGrpc(context, subject) ? declaredPort(context, destination) : undefined;
      if (port === undefined || isDeferred(port.protocol) || isDeferred(port.number)) continue;
      if (port.protocol === PortProtocol.Grpc || port.protocol === PortProtocol.Http2) continue;
      const facts = {
        destination: describeDestinationTarget(destination.target),
        port: port.number,
        protocol: port.protocol,
      };
      context.findings.add("MW0451", subject, [...path, "port"], facts);
    }
    for (const served of effectiveTables(context)) {
      const ways = clusterPathsOf(context, served.table);
      for (const { subject, destination, path, report } of effectiveDestinations(context, served)) {
        const { target } = destination;
        if (target.kind !== "service" || !isAskedByGrpc(context, subject)) continue;
        const { first } = ways(target);
        const clusterPath = first.get("mutual-tls") ?? first.get("plaintext");
        if (clusterPath === undefined) continue;
        const facts = {
          destination: describeDestinationTarget(target),
          from: clusterPath.from.name,
          to: clusterPath.to.name,
        };
        report("MW0452", [...path, "service"], facts);
      }
    }
  },
};
