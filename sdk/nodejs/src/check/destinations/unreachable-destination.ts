import type { DestinationTarget } from "../../model/destination.js";
import { type ClusterPath, type ClusterPaths, clusterPathsOf, perPlace } from "../facts/cluster-paths.js";
import { describeDestinationTarget, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const unreachableDestination: Rule = {
  name: "unreachable-destination",
  codes: ["MW0503", "MW0504"],
  description:
    "A table's gateways reach the Services they route to, and at least one backend of each virtual destination.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const ways = clusterPathsOf(context, served.table);
      const failures = perPlace((target) => failuresOf(target, ways(target)));
      for (const { destination, path, report } of effectiveDestinations(context, served)) {
        const { target } = destination;
        for (const { from, to, route } of failures(target)) {
          const code = route === "no-gateway" ? "MW0503" : "MW0504";
          const facts = { from: from.name, to: to.name, destination: describeDestinationTarget(target) };
          report(code, path, facts);
        }
      }
    }
  },
};

/** The first failure of each kind: a fleet with many clusters would repeat it for each. */
function failuresOf(target: DestinationTarget, { all, first }: ClusterPaths): readonly ClusterPath[] {
  if (!first.has("no-gateway") && !first.has("no-identity")) return [];
  const failures = target.kind === "service" ? all.filter(isFailure) : cutOff(all);
  return ["no-gateway", "no-identity"].flatMap((route) => failures.find((failure) => failure.route === route) ?? []);
}

/** The failures of callers that reach no backend at all. */
function cutOff(clusterPaths: readonly ClusterPath[]): readonly ClusterPath[] {
  const served = new Set(clusterPaths.filter((clusterPath) => !isFailure(clusterPath)).map(({ from }) => from.name));
  return clusterPaths.filter(({ from }) => !served.has(from.name));
}

function isFailure({ route }: ClusterPath): boolean {
  return route === "no-gateway" || route === "no-identity";
}
