import type { Subject } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred } from "../model/deferred.js";
import { subsetKey } from "../model/topology.js";
import { callersOf } from "./callers.js";
import { describeTarget, destinationsOf, type PlacedDestination } from "./destinations.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const undeclaredSubset: Rule = {
  name: "undeclared-subset",
  description:
    "A subset is declared by its virtual destination, matches an endpoint of its external service, or is of a local Service.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const callers = callersOf(context, table).map(({ cluster }) => cluster.name);
      for (const place of destinationsOf(table)) {
        const { target, subset } = place.destination;
        if (subset === undefined) continue;
        if (target.kind === "service") checkService(context, subject, place, callers);
        else if (target.kind === "virtualDestination") checkVirtual(context, subject, place, target.name);
        else checkExternal(context, subject, place, target.name);
      }
    }
  },
};

/** Subsets of a Service are told apart in the caller's cluster only: the other one's gateway would not know them. */
function checkService(context: CheckContext, subject: Subject, place: PlacedDestination, callers: readonly string[]) {
  const { target } = place.destination;
  if (target.kind !== "service") return;
  const from = callers.find((name) => name !== target.cluster);
  if (from === undefined || !context.model.Fleet.size) return;
  const facts = { destination: describeTarget(target), from, to: target.cluster };
  context.findings.add("MW0523", subject, [...place.path, "subset"], facts);
}

function checkVirtual(context: CheckContext, subject: Subject, { destination, path }: PlacedDestination, name: string) {
  const declared = context.model.VirtualDestination.get(name)?.subsets.map(({ labels }) => subsetKey(labels));
  const subset = subsetKey(destination.subset ?? {});
  if (declared === undefined || isDeferred(subset) || declared.some(isDeferred) || declared.includes(subset)) return;
  const facts = { destination: describeTarget(destination.target), subset, declared };
  context.findings.add("MW0509", subject, [...path, "subset"], facts);
}

function checkExternal(
  context: CheckContext,
  subject: Subject,
  { destination, path }: PlacedDestination,
  name: string,
) {
  const service = context.model.ExternalService.get(name);
  const wanted = Object.entries(destination.subset ?? {});
  if (service === undefined) return;
  const mayMatch = service.endpoints.some(({ labels }) =>
    wanted.every(([key, value]) => {
      const found = labels[key];
      return found === value || (found !== undefined && (isDeferred(found) || isDeferred(value)));
    }),
  );
  if (mayMatch) return;
  const subset = wanted.map(([key, value]) => (isDeferred(value) ? key : `${key}=${value}`)).join(",");
  context.findings.add("MW0525", subject, [...path, "subset"], {
    destination: `ExternalService ${quote(name)}`,
    subset,
  });
}
