import { quote } from "../diagnostics/words.js";
import { waysOf } from "./crossings.js";
import { describeTarget, destinationsOf, type PlacedDestination } from "./destinations.js";
import { inFocus, type Resource, type Rule } from "./rule.js";

export const subsetLost: Rule = {
  name: "subset-lost",
  description: "A route does not choose a subset of a destination that crosses into a cluster without a mesh.",
  check(context) {
    for (const table of inFocus(context, "RouteTable")) {
      const ways = waysOf(context, table.value);
      for (const place of destinationsOf(context, table)) {
        const { subject, path } = place;
        const { target, subset } = place.destination;
        // connections do not cross there at all
        const isOfConnections = path[0] === "tls" || path[0] === "tcp";
        if (subset === undefined || target.kind !== "virtualDestination" || isOfConnections) continue;
        const crossing = ways(target).first.get("plaintext");
        if (crossing === undefined) continue;
        const facts = { by: chooserOf(table, place), destination: describeTarget(target), to: crossing.to.name };
        context.findings.add("MW0530", subject, [...path, "subset"], facts);
      }
    }
  },
};

/** What chooses the subset, for a sentence. */
function chooserOf({ value }: Resource<"RouteTable">, { subject, path }: PlacedDestination): string {
  if (subject.kind !== "RouteTable") return `${subject.kind} ${quote(subject.name)}`;
  const index = path[0] === "http" && typeof path[1] === "number" ? path[1] : undefined;
  return `route ${quote(index === undefined ? "(default)" : (value.http[index]?.name ?? ""))}`;
}
