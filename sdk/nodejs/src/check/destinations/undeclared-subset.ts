import { quote } from "../../diagnostics/words.js";
import { isDeferred } from "../../model/deferred.js";
import type { Cluster } from "../../model/fleet.js";
import { subsetKey } from "../../model/labels.js";
import { pathToService } from "../../model/topology.js";
import { callingProxiesOf } from "../facts/callers.js";
import {
  describeDestinationTarget,
  type EffectiveDestination,
  effectiveDestinations,
  everyDestination,
} from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { OwnedDestination } from "../facts/policy-destinations.js";
import type { CheckContext, Rule } from "../rule.js";

export const undeclaredSubset: Rule = {
  name: "undeclared-subset",
  codes: ["MW0509", "MW0523", "MW0525"],
  description:
    "Subsets are declared by their virtual destination, match an external endpoint, or are of a Service nearby.",
  check(context) {
    for (const place of everyDestination(context)) {
      const { target, subset } = place.destination;
      if (subset === undefined || target.kind === "service") continue;
      if (target.kind === "virtualDestination") checkVirtual(context, place, target.name);
      else checkExternal(context, place, target.name);
    }
    for (const served of effectiveTables(context)) {
      const callers = callingProxiesOf(context, served.table).map(({ cluster }) => cluster);
      const clusters = context.model.Fleet.get(served.table.fleet)?.clusters ?? [];
      for (const place of effectiveDestinations(context, served))
        if (place.destination.subset !== undefined) checkService(place, { callers, clusters });
    }
  },
};

/** Subsets of a Service exist on the caller's network only: the gateway of another network would not know them. */
function checkService(
  place: EffectiveDestination,
  { callers, clusters }: { readonly callers: readonly Cluster[]; readonly clusters: readonly Cluster[] },
) {
  const { target } = place.destination;
  if (target.kind !== "service") return;
  const home = clusters.find(({ name }) => name === target.cluster);
  const from = callers.find((caller) => home !== undefined && pathToService(caller, home) !== "direct");
  if (from === undefined) return;
  const facts = { destination: describeDestinationTarget(target), from: from.name, to: target.cluster };
  place.report("MW0523", [...place.path, "subset"], facts);
}

function checkVirtual(context: CheckContext, { subject, destination, path }: OwnedDestination, name: string) {
  const declared = context.model.VirtualDestination.get(name)?.subsets.map(({ labels }) => subsetKey(labels));
  const subset = subsetKey(destination.subset ?? {});
  if (declared === undefined || isDeferred(subset) || declared.some(isDeferred) || declared.includes(subset)) return;
  const facts = { destination: describeDestinationTarget(destination.target), subset, declared };
  context.findings.add("MW0509", subject, [...path, "subset"], facts);
}

function checkExternal(context: CheckContext, { subject, destination, path }: OwnedDestination, name: string) {
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
