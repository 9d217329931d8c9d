import { isDeferred, isKnown } from "../model/deferred.js";
import type { RouteTable } from "../model/route-table.js";
import { connectionRoutesOf } from "./destinations.js";
import { servingListeners } from "./listeners.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const connectionPorts: Rule = {
  name: "connection-ports",
  description: "The port that a matcher of connections asks for is that of a listener that takes such connections.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      // for sidecars it is the port that callers use, which may be any
      if (table.sidecars !== undefined) continue;
      for (const { sort, route, path } of connectionRoutesOf(table)) {
        const listeners = portsOf(context, table, sort);
        if (listeners === undefined || listeners.length === 0) continue;
        route.matchers.forEach(({ port }, index) => {
          if (port === undefined || isDeferred(port) || listeners.includes(port)) return;
          const facts = { port, sort, listeners, gateways: table.virtualGateways };
          context.findings.add("MW0223", subject, [...path, "matchers", index, "port"], facts);
        });
      }
    }
  },
};

/** The ports at which a table's gateways serve a kind of routes; undefined where one of them is not known. */
function portsOf(context: CheckContext, table: RouteTable, sort: "tls" | "tcp"): readonly number[] | undefined {
  const gateways = table.virtualGateways.map((name) => context.model.VirtualGateway.get(name));
  const ports = gateways.flatMap((gateway) => gateway && servingListeners(gateway, sort).map(({ port }) => port));
  const known = ports.filter((port): port is number => port !== undefined && isKnown(port));
  return known.length === ports.length ? [...new Set(known)].sort((a, b) => a - b) : undefined;
}
