import { isDeferred, isKnown, type Leaf } from "../../model/deferred.js";
import { type DestinationTarget, KIND_OF_TARGET } from "../../model/destination.js";
import { describeDestinationTarget, everyDestination } from "../facts/destinations.js";
import type { CheckContext, Rule } from "../rule.js";

export const unknownPort: Rule = {
  name: "unknown-port",
  codes: ["MW0502"],
  description: "A destination has the port that a route names, and a route names one if there are several.",
  check(context) {
    for (const { subject, destination, path } of everyDestination(context)) {
      const { port, target } = destination;
      const leaves = portsOf(context, target);
      if (leaves === undefined || isDeferred(port)) continue;
      const ports = leaves.filter(isKnown);
      const isWrong = port === undefined ? leaves.length > 1 : ports.length === leaves.length && !ports.includes(port);
      if (!isWrong) continue;
      const facts = { destination: describeDestinationTarget(target), ...(port !== undefined && { port }), ports };
      context.findings.add("MW0502", subject, [...path, "port"], facts);
    }
  },
};

/** The ports of a destination; undefined for Services, which are not part of the model, and for missing resources. */
function portsOf({ model }: CheckContext, target: DestinationTarget): readonly Leaf<number>[] | undefined {
  if (target.kind === "service") return undefined;
  return model[KIND_OF_TARGET[target.kind]].get(target.name)?.ports.map(({ number }) => number);
}
