import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { RouteDestination } from "../../model/destination.js";
import type { RouteTable } from "../../model/route-table.js";
import { isHttp, isTls } from "../facts/backends.js";
import { callerTls } from "../facts/caller-tls.js";
import { clusterPathsOf } from "../facts/cluster-paths.js";
import { declaredPort } from "../facts/declared-port.js";
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
  const port = declaredPort(context, destination);
  if (port === undefined || isDeferred(port.number) || isDeferred(port.protocol)) return;
  const facts = {
    route,
    destination: describeDestinationTarget(destination.target),
    port: port.number,
    protocol: port.protocol,
  };
  const tls = callerTls(context, destination);
  if (tls !== undefined && tls !== "none" && tls.reachesServer) {
    // a policy for such ports has its own finding
    if (tls.policy !== undefined && isTls(port.protocol)) return;
    const { mode: adds, policy } = tls;
    context.findings.add("MW0227", subject, [...path, "port"], {
      ...facts,
      adds,
      ...(policy !== undefined && { policy }),
    });
  } else if (tls !== undefined && isHttp(port.protocol))
    context.findings.add("MW0227", subject, [...path, "port"], facts);
}
