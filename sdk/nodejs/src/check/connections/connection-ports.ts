import { isDeferred } from "../../model/deferred.js";
import { connectionRoutesOf } from "../facts/destinations.js";
import { servedPorts } from "../facts/listeners.js";
import { inFocus, type Rule } from "../rule.js";

export const connectionPorts: Rule = {
  name: "connection-ports",
  codes: ["MW0223"],
  description: "The port that a matcher of connections asks for is that of a listener that takes such connections.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      // for sidecars it is the port that callers use, which may be any
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
