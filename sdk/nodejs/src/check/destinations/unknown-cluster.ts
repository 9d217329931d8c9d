import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { serviceAccountsOf } from "../../model/access-policy.js";
import type { Placed } from "../../model/definition.js";
import { destinationsOf, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables, type ReportableTable } from "../facts/effective-tables.js";
import { accessPolicyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const unknownCluster: Rule = {
  name: "unknown-cluster",
  codes: ["MW0501"],
  description: "Every cluster name is one of the fleet's clusters.",
  check(context) {
    for (const kind of ["VirtualGateway", "ExternalService"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const names = (value.clusters ?? []).map((name, index) => at(subject, name, ["clusters", index]));
        report(context, value.fleet, names);
      }
    }
    for (const { subject, value } of inFocus(context, "Fleet")) {
      const names = value.adopt.flatMap(({ cluster }, index) =>
        cluster === undefined ? [] : [at(subject, cluster, ["adopt", index, "cluster"])],
      );
      report(context, subject.name, names);
    }
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      const named = value.workloads.clusters ?? [];
      const names = named.map((name, index) => at(subject, name, ["workloads", "clusters", index]));
      report(context, value.fleet, names);
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const names = value.services.flatMap(({ cluster }, index) =>
        cluster === undefined ? [] : [at(subject, cluster, ["services", index, "cluster"])],
      );
      const ofSubsets = value.subsets.flatMap(({ clusters = [] }, subset) =>
        clusters.map((name, index) => at(subject, name, ["subsets", subset, "clusters", index])),
      );
      report(context, value.fleet, [...names, ...ofSubsets]);
    }
    for (const { subject, value } of inFocus(context, "RouteTable")) {
      const names = destinationsOf(value).flatMap(({ destination: { target }, path }) =>
        target.kind === "service" ? [at(subject, target.cluster, [...path, "service", "cluster"])] : [],
      );
      const clusters = value.sidecars?.clusters ?? [];
      const ofSidecars = clusters.map((name, index) => at(subject, name, ["sidecars", "clusters", index]));
      report(context, value.fleet, [...names, ...ofSidecars]);
    }
    for (const { subject, value } of inFocus(context, "Workspace")) {
      const names = value.workloadClusters.flatMap(({ name }, index) =>
        name === undefined ? [] : [at(subject, name, ["workloadClusters", index, "name"])],
      );
      report(context, value.fleet, names);
    }
    for (const kind of ["VirtualDestination", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const access = accessPolicyOf(context, value.policies);
        const selectors = access?.value.authorizations.flatMap(serviceAccountsOf) ?? [];
        const names = selectors.flatMap(({ cluster }) =>
          cluster === undefined ? [] : [at(subject, cluster, access?.path ?? [])],
        );
        report(context, value.fleet, names);
      }
    }
    for (const served of effectiveTables(context)) checkServed(context, served);
  },
};

/** Checks destinations of policies, and of tables of other fleets, whose clusters this fleet may not have. */
function checkServed(context: CheckContext, served: ReportableTable): void {
  const { table } = served;
  const known = context.model.Fleet.get(table.fleet)?.clusters.map((cluster) => cluster.name);
  if (known === undefined) return;
  for (const { subject, destination, path, report } of effectiveDestinations(context, served)) {
    const { target } = destination;
    if (target.kind !== "service" || known.includes(target.cluster)) continue;
    const [field, index] = path;
    const route = field === "http" && typeof index === "number" ? table.http[index] : undefined;
    const isOwn = (route?.way?.steps.at(-1)?.value ?? table).fleet === table.fleet;
    if (subject.kind === "RouteTable" && isOwn) continue;
    report("MW0501", [...path, "service", "cluster"], { cluster: target.cluster, known });
  }
}

/** The name of a cluster, and its path in the arguments. */
interface NamedCluster extends Placed<string> {
  readonly subject: Subject;
}

function at(subject: Subject, value: string, path: Path): NamedCluster {
  return { subject, value, path };
}

function report(context: CheckContext, fleet: string, names: readonly NamedCluster[]): void {
  const clusters = context.model.Fleet.get(fleet)?.clusters;
  if (clusters === undefined) return;
  const known = clusters.map((cluster) => cluster.name);
  const set = new Set(known);
  for (const { subject, value: cluster, path } of names)
    if (!set.has(cluster)) context.findings.add("MW0501", subject, path, { cluster, known });
}
