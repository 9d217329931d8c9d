import { waysOf } from "./crossings.js";
import { describeTarget, destinationsOf } from "./destinations.js";
import type { Rule } from "./rule.js";
import { servedTables } from "./served.js";

export const subsetLost: Rule = {
  name: "subset-lost",
  description: "A route does not choose a subset of a destination that crosses into a cluster without a mesh.",
  check(context) {
    for (const { table, report } of servedTables(context)) {
      const ways = waysOf(context, table);
      for (const { destination, path } of destinationsOf(table)) {
        const { target, subset } = destination;
        // connections do not cross there at all
        const isOfConnections = path[0] === "tls" || path[0] === "tcp";
        if (subset === undefined || target.kind !== "virtualDestination" || isOfConnections) continue;
        const crossing = ways(target).first.get("plaintext");
        if (crossing === undefined) continue;
        const index = path[0] === "http" && typeof path[1] === "number" ? path[1] : undefined;
        const route = index === undefined ? "(default)" : (table.http[index]?.name ?? "");
        const facts = { route, destination: describeTarget(target), to: crossing.to.name };
        report("MW0530", [...path, "subset"], facts);
      }
    }
  },
};
