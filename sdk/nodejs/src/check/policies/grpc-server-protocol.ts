import { PortProtocol } from "../../args/virtual-destination.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred, type Leaf } from "../../model/deferred.js";
import { chosenPort, KIND_OF_TARGET, type RouteDestination } from "../../model/destination.js";
import { clusterPathsOf } from "../facts/cluster-paths.js";
import { describeDestinationTarget, effectiveDestinations, everyDestination } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { CheckContext, Rule } from "../rule.js";

export const grpcServerProtocol: Rule = {
  name: "grpc-server-protocol",
  codes: ["MW0451", "MW0452"],
  description: "Servers that a policy calls over gRPC have a port that speaks HTTP/2, including across networks.",
  check(context) {
    for (const { subject, destination, path } of everyDestination(context)) {
      const port = isAskedByGrpc(context, subject) ? portOf(context, destination) : undefined;
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

/** True if the policy calls its server over gRPC. */
function isAskedByGrpc({ model }: CheckContext, { kind, name }: Subject): boolean {
  if (kind !== "ExtAuthPolicy") return kind === "RateLimitPolicy";
  const policy = model.ExtAuthPolicy.get(name);
  return policy !== undefined && policy.http === undefined;
}

interface Port {
  readonly number: Leaf<number>;
  readonly protocol: Leaf<PortProtocol>;
}

/** Returns the port of a destination that declares a protocol; undefined if unknown. */
function portOf({ model }: CheckContext, { target, port: wanted }: RouteDestination): Port | undefined {
  if (target.kind === "service") return undefined;
  const ports: readonly Port[] = model[KIND_OF_TARGET[target.kind]].get(target.name)?.ports ?? [];
  return chosenPort(ports, wanted);
}
