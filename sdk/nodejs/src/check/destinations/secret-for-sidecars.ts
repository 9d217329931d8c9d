import type { FactsOf, Path, Subject } from "../../diagnostics/diagnostic.js";
import { clustersNamed } from "../../model/fleet.js";
import { seersOf, seersOfService } from "../../model/visibility.js";
import { callerTls, externalTls } from "../facts/caller-tls.js";
import { describeDestinationTarget, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables, type ReportableTable } from "../facts/effective-tables.js";
import { policyOf } from "../facts/policies.js";
import { type Seers, sidecarsAmong } from "../facts/sidecar-namespaces.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const secretForSidecars: Rule = {
  name: "secret-for-sidecars",
  codes: ["MW0532", "MW0533"],
  description: "Only gateways call a destination whose callers take their certificates from a secret.",
  check(context) {
    for (const served of effectiveTables(context)) checkTable(context, served);
    for (const { subject, value } of inFocus(context, "ExternalService")) {
      const fleet = context.model.Fleet.get(value.fleet);
      if (fleet === undefined) continue;
      const seers = clustersNamed(fleet, value.clusters).map((cluster) => ({
        ...{ name: value.fleet, fleet, cluster, home: [value.namespace], isListed: value.exportTo !== undefined },
        namespaces: seersOfService({ model: context.model, fleet, cluster }, subject.name, value),
      }));
      value.ports.forEach(({ clientsideTls }, index) => {
        const tls = externalTls(clientsideTls);
        if (tls === undefined || tls === "none" || !tls.usesSecret) return;
        warn(context, subject, ["ports", index, "clientsideTls", "credentialName"], { seers });
      });
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const fleet = context.model.Fleet.get(value.fleet);
      const policy = policyOf(context, value, "ClientTLSPolicy");
      if (fleet === undefined || policy === undefined) continue;
      const tls = callerTls(context, { target: { kind: "virtualDestination", name: subject.name } });
      if (tls === undefined || tls === "none" || !tls.usesSecret) continue;
      const home = value.services.map(({ namespace }) => namespace);
      const seers = fleet.clusters.map((cluster) => ({
        ...{ name: value.fleet, fleet, cluster, home, isListed: value.exportTo !== undefined },
        namespaces: seersOf({ model: context.model, fleet, cluster }, subject.name, value),
      }));
      warn(context, subject, policy.path, { seers, policy: policy.name });
    }
  },
};

/** Istiod drops all TLS settings with a secret for sidecars that no workload selector chooses. */
function checkTable(context: CheckContext, served: ReportableTable): void {
  const { sidecars } = served.table;
  if (sidecars === undefined) return;
  for (const { destination, path, report } of effectiveDestinations(context, served)) {
    // TLS of callers inside of the client's own has its own finding
    if (path[0] === "tls") continue;
    const tls = callerTls(context, destination);
    if (tls === undefined || tls === "none" || !tls.usesSecret) continue;
    const facts: FactsOf<"MW0532"> = {
      destination: describeDestinationTarget(destination.target),
      namespaces: sidecars.namespaces,
      ...(tls.policy !== undefined && { policy: tls.policy }),
    };
    report("MW0532", [...path, destination.target.kind], facts);
  }
}

interface Offered {
  readonly seers: readonly Seers[];
  readonly policy?: string;
}

function warn(context: CheckContext, subject: Subject, path: Path, { seers, ...policy }: Offered): void {
  const found = [...new Set(seers.flatMap((each) => sidecarsAmong(context, each)))].sort();
  const namespaces = found.includes("*") ? ["*"] : found;
  if (namespaces.length > 0) context.findings.add("MW0533", subject, path, { namespaces, ...policy });
}
