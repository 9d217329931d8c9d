import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { chosenPort, type RouteDestination } from "../../model/destination.js";
import type { RouteTable } from "../../model/route-table.js";
import { isHttp } from "../facts/backends.js";
import { clusterPathsOf } from "../facts/cluster-paths.js";
import { connectionRoutesOf, describeDestinationTarget, type PlacedConnectionRoute } from "../facts/destinations.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const connectionDestinations: Rule = {
  name: "connection-destinations",
  codes: ["MW0227", "MW0228"],
  description:
    "Connections do not cross into clusters without a mesh, and TLS passes through only to ports that expect TLS.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      for (const placed of connectionRoutesOf(table)) checkRoute(context, subject, table, placed);
    }
  },
};

function checkRoute(
  context: CheckContext,
  subject: Subject,
  table: RouteTable,
  { sort, route, path }: PlacedConnectionRoute,
): void {
  const ways = clusterPathsOf(context, table);
  route.destinations.forEach((destination, index) => {
    const place = [...path, "forwardTo", "destinations", index];
    const clusterPath = ways(destination.target).first.get("plaintext");
    if (clusterPath !== undefined) {
      const facts = { route: route.name, destination: describeDestinationTarget(destination.target) };
      context.findings.add("MW0228", subject, place, {
        ...facts,
        from: clusterPath.from.name,
        to: clusterPath.to.name,
      });
    }
    if (sort === "tls") checkPort(context, subject, route.name, { destination, path: place });
  });
}

function checkPort(
  context: CheckContext,
  subject: Subject,
  route: string,
  { destination, path }: { readonly destination: RouteDestination; readonly path: Path },
): void {
  const { target } = destination;
  if (target.kind === "service") return;
  const facts = { route, destination: describeDestinationTarget(target) };
  const at = [...path, "port"];
  if (target.kind === "virtualDestination") {
    const port = chosenPort(context.model.VirtualDestination.get(target.name)?.ports ?? [], destination.port);
    if (port === undefined || isDeferred(port.number) || isDeferred(port.protocol) || !isHttp(port.protocol)) return;
    context.findings.add("MW0227", subject, at, { ...facts, port: port.number, protocol: port.protocol });
    return;
  }
  const port = chosenPort(context.model.ExternalService.get(target.name)?.ports ?? [], destination.port);
  if (port?.clientsideTls === undefined || isDeferred(port.number) || isDeferred(port.protocol)) return;
  const { mode } = port.clientsideTls;
  if (isDeferred(mode) || mode === "DISABLE") return;
  context.findings.add("MW0227", subject, at, { ...facts, port: port.number, protocol: port.protocol, adds: mode });
}
