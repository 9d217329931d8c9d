import { quote } from "../../diagnostics/words.js";
import { clusterPathsOf } from "../facts/cluster-paths.js";
import { describeDestinationTarget, type EffectiveDestination, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables, type ReportableTable } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const subsetLost: Rule = {
  name: "subset-lost",
  codes: ["MW0530"],
  description: "No route selects a subset of a destination that crosses into a cluster without a mesh.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const ways = clusterPathsOf(context, served.table);
      for (const place of effectiveDestinations(context, served)) {
        const { path } = place;
        const { target, subset } = place.destination;
        // connections do not cross networks there at all
        const isOfConnections = path[0] === "tls" || path[0] === "tcp";
        if (subset === undefined || target.kind !== "virtualDestination" || isOfConnections) continue;
        const clusterPath = ways(target).first.get("plaintext");
        if (clusterPath === undefined) continue;
        const facts = {
          by: chooserOf(served, place),
          destination: describeDestinationTarget(target),
          to: clusterPath.to.name,
        };
        place.report("MW0530", [...path, "subset"], facts);
      }
    }
  },
};

/** Names the resource that selects the subset, as part of a sentence. */
function chooserOf({ table }: ReportableTable, { subject, path }: EffectiveDestination): string {
  if (subject.kind !== "RouteTable") return `${subject.kind} ${quote(subject.name)}`;
  const index = path[0] === "http" && typeof path[1] === "number" ? path[1] : undefined;
  return `route ${quote(index === undefined ? "(default)" : (table.http[index]?.name ?? ""))}`;
}
