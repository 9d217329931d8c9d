import type { Subject } from "../../diagnostics/diagnostic.js";
import { clustersNamed } from "../../model/fleet.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { type CheckContext, claim, inFocus, type Rule } from "../rule.js";

export const unpinnedIdentity: Rule = {
  name: "unpinned-identity",
  codes: ["MW0511"],
  description: "Services that other clusters call over mutual TLS name their service accounts.",
  check(context) {
    const unnamed = new Map<string, Unpinned[]>();
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const found = unpinnedIn(context, subject, value);
      if (found === undefined) continue;
      const isNamedInPart = value.services.some(({ serviceAccounts }) => serviceAccounts !== undefined);
      if (isNamedInPart) report(context, found);
      else unnamed.set(value.fleet, [...(unnamed.get(value.fleet) ?? []), found]);
    }
    // fleets that name no accounts at all need to hear of it once
    for (const [fleet, [first, ...others]] of unnamed) {
      if (first === undefined) continue;
      const other = claim(context, first.subject, `UnnamedServiceAccounts/${fleet}`, first.subject.name);
      if (other !== undefined) continue;
      report(
        context,
        first,
        others.map(({ subject }) => subject.name),
      );
    }
  },
};

/** The first service of a destination whose identity callers don't check, and the clusters of all of them. */
interface Unpinned {
  readonly subject: Subject;
  readonly index: number;
  readonly clusters: readonly string[];
}

function unpinnedIn({ model }: CheckContext, subject: Subject, value: VirtualDestination): Unpinned | undefined {
  const fleet = model.Fleet.get(value.fleet);
  // with TLS termination, callers expect the gateway's identity instead
  if (fleet === undefined || value.clientMode === "tlsTermination") return undefined;
  const found = value.services.flatMap((service, index) => {
    if (service.serviceAccounts !== undefined) return [];
    const clusters = clustersNamed(fleet, service.cluster === undefined ? undefined : [service.cluster])
      .filter((to) => clusterPathsBetween(fleet.clusters, [to]).some(({ route }) => route === "mutual-tls"))
      .map(({ name }) => name);
    return clusters.length > 0 ? [{ index, clusters }] : [];
  });
  const [first] = found;
  const clusters = [...new Set(found.flatMap((each) => each.clusters))];
  return first && { subject, index: first.index, clusters };
}

function report({ findings }: CheckContext, { subject, index, clusters }: Unpinned, others: readonly string[] = []) {
  const facts = { clusters, ...(others.length > 0 && { others }) };
  findings.add("MW0511", subject, ["services", index], facts);
}
