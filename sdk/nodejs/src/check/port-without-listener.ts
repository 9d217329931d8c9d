import { isDeferred, isKnown } from "../model/deferred.js";
import type { RouteTable } from "../model/route-table.js";
import { servingListeners } from "./listeners.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const portWithoutListener: Rule = {
  name: "port-without-listener",
  description: "The port that a matcher asks for is that of a listener of one of the table's gateways.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      // for sidecars it is the port that callers use, which may be any
      if (table.sidecars !== undefined) continue;
      const listeners = portsOf(context, table);
      if (listeners === undefined) continue;
      table.http.forEach(({ matchers }, index) => {
        matchers.forEach(({ port }, i) => {
          if (port === undefined || isDeferred(port) || listeners.includes(port)) return;
          const facts = { port, listeners, gateways: table.virtualGateways };
          context.findings.add("MW0212", subject, ["http", index, "matchers", i, "port"], facts);
        });
      });
    }
  },
};

/** The ports of a table's gateways; undefined where one of them is not known. */
function portsOf(context: CheckContext, table: RouteTable): readonly number[] | undefined {
  const gateways = table.virtualGateways.map((name) => context.model.VirtualGateway.get(name));
  const ports = gateways.map((gateway) => gateway && servingListeners(gateway).map(({ port }) => port));
  const known = ports.flatMap((list) => list?.filter(isKnown) ?? []);
  const isComplete = ports.every((list) => list?.every(isKnown));
  return isComplete ? [...new Set(known)].sort((a, b) => a - b) : undefined;
}
