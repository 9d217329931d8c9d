import { clusterPathsOf } from "../facts/cluster-paths.js";
import { describeDestinationTarget, destinationsOfRoute } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const hostRewriteLost: Rule = {
  name: "host-rewrite-lost",
  codes: ["MW0517"],
  description: "A route does not set the Host header where a destination in a cluster without a mesh is found by it.",
  check(context) {
    for (const { table, report } of effectiveTables(context)) {
      const ways = clusterPathsOf(context, table);
      table.http.forEach(({ name, action }, index) => {
        if (action.kind !== "forward" || action.host?.kind !== "literal") return;
        const named = destinationsOfRoute(table, index).map(({ destination }) => destination);
        const destinations = named.length > 0 ? named : [table.defaultDestination];
        for (const destination of destinations) {
          const target = destination?.target;
          const crossing = target && ways(target).first.get("plaintext");
          if (target === undefined || crossing === undefined) continue;
          const facts = { route: name, destination: describeDestinationTarget(target), to: crossing.to.name };
          report("MW0517", ["http", index, "forwardTo", "hostRewrite"], facts);
        }
      });
    }
  },
};
