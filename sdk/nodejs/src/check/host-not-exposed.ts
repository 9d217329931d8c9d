import type { Path, Subject } from "../diagnostics/diagnostic.js";
import type { Cluster } from "../model/fleet.js";
import { serviceHost } from "../model/topology.js";
import { placedBackends } from "./backends.js";
import { crossingsBetween, isHidden, waysOf } from "./crossings.js";
import { destinationsOf } from "./destinations.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const hostNotExposed: Rule = {
  name: "host-not-exposed",
  description: "East-west gateways expose the hosts of virtual destinations and of Services that other networks call.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const callers = context.model.Fleet.get(value.fleet)?.clusters ?? [];
      for (const { cluster } of placedBackends(context, value)) {
        const crossings = crossingsBetween(callers, [cluster]);
        if (!crossings.some(({ route }) => route === "mutual-tls" || route === "plaintext")) continue;
        value.hosts.forEach((host, index) => {
          report(context, subject, ["hosts", index], host, cluster);
        });
      }
    }
    for (const table of inFocus(context, "RouteTable")) {
      const ways = waysOf(context, table.value);
      for (const { subject, destination, path } of destinationsOf(context, table)) {
        const { target } = destination;
        if (target.kind !== "service") continue;
        const crossing = ways(target).first.get("mutual-tls");
        if (crossing !== undefined)
          report(context, subject, [...path, "service"], serviceHost(target, crossing.to), crossing.to);
      }
    }
  },
};

function report(context: CheckContext, subject: Subject, path: Path, host: string, cluster: Cluster): void {
  const exposed = cluster.eastWestGateway?.exposedHosts ?? [];
  if (isHidden(cluster.eastWestGateway, host))
    context.findings.add("MW0518", subject, path, { host, cluster: cluster.name, exposed });
}
