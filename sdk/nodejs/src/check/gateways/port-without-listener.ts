import { isDeferred } from "../../model/deferred.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { servedPorts } from "../facts/listeners.js";
import type { Rule } from "../rule.js";

export const portWithoutListener: Rule = {
  name: "port-without-listener",
  codes: ["MW0212"],
  description: "The port in a matcher is the port of a listener of one of the table's gateways.",
  check(context) {
    for (const { table, report } of effectiveTables(context)) {
      // with sidecars it is the port that callers use, which can be any
      if (table.sidecars !== undefined) continue;
      const listeners = servedPorts(context, table, "http");
      if (listeners === undefined || table.undecided.length > 0) continue;
      table.http.forEach(({ matchers }, index) => {
        matchers.forEach(({ port }, i) => {
          if (port === undefined || isDeferred(port) || listeners.includes(port)) return;
          const facts = { port, listeners, gateways: table.virtualGateways };
          report("MW0212", ["http", index, "matchers", i, "port"], facts);
        });
      });
    }
  },
};
