import { quote } from "../../diagnostics/words.js";
import { waysOf } from "../facts/cluster-paths.js";
import { describeTarget, type ServedDestination, servedDestinations } from "../facts/destinations.js";
import { type Served, servedTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const subsetLost: Rule = {
  name: "subset-lost",
  codes: ["MW0530"],
  description: "No route selects a subset of a destination that crosses into a cluster without a mesh.",
  check(context) {
    for (const served of servedTables(context)) {
      const ways = waysOf(context, served.table);
      for (const place of servedDestinations(context, served)) {
        const { path } = place;
        const { target, subset } = place.destination;
        // connections do not cross networks there at all
        const isOfConnections = path[0] === "tls" || path[0] === "tcp";
        if (subset === undefined || target.kind !== "virtualDestination" || isOfConnections) continue;
        const clusterPath = ways(target).first.get("plaintext");
        if (clusterPath === undefined) continue;
        const facts = { by: chooserOf(served, place), destination: describeTarget(target), to: clusterPath.to.name };
        place.report("MW0530", [...path, "subset"], facts);
      }
    }
  },
};

/** Names the resource that selects the subset, as part of a sentence. */
function chooserOf({ table }: Served, { subject, path }: ServedDestination): string {
  if (subject.kind !== "RouteTable") return `${subject.kind} ${quote(subject.name)}`;
  const index = path[0] === "http" && typeof path[1] === "number" ? path[1] : undefined;
  return `route ${quote(index === undefined ? "(default)" : (table.http[index]?.name ?? ""))}`;
}
