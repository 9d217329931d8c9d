import { isDeferred } from "../../model/deferred.js";
import { connectionRoutesOf } from "../facts/destinations.js";
import { servedPorts } from "../facts/listeners.js";
import { inFocus, type Rule } from "../rule.js";

export const connectionPorts: Rule = {
  name: "connection-ports",
  codes: ["MW0223"],
  description: "A connection matcher names the port of a listener that accepts such connections.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      // with sidecars it is the port that callers use, which can be any
      if (table.sidecars !== undefined) continue;
      const ports = { tls: servedPorts(context, table, "tls"), tcp: servedPorts(context, table, "tcp") };
      for (const { sort, route, path } of connectionRoutesOf(table)) {
        const listeners = ports[sort];
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
