import { clusterPathsOf } from "../facts/cluster-paths.js";
import { describeDestinationTarget, destinationsOfRoute } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const hostRewriteLost: Rule = {
  name: "host-rewrite-lost",
  codes: ["MW0517"],
  description: "No route rewrites the Host header for a destination that a cluster without a mesh finds by it.",
  check(context) {
    for (const { table, report } of effectiveTables(context)) {
      const ways = clusterPathsOf(context, table);
      table.http.forEach(({ name, action }, index) => {
        if (action.kind !== "forward" || action.host?.kind !== "literal") return;
        const named = destinationsOfRoute(table, index).map(({ destination }) => destination);
        const destinations = named.length > 0 ? named : [table.defaultDestination];
        for (const destination of destinations) {
          const target = destination?.target;
          const clusterPath = target && ways(target).first.get("plaintext");
          if (target === undefined || clusterPath === undefined) continue;
          const facts = { route: name, destination: describeDestinationTarget(target), to: clusterPath.to.name };
          report("MW0517", ["http", index, "forwardTo", "hostRewrite"], facts);
        }
      });
    }
  },
};
