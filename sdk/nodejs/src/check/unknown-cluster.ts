import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { serviceAccountsOf } from "../model/access-policy.js";
import { destinationsOf } from "./destinations.js";
import { accessPolicyOf } from "./policies.js";
import { type CheckContext, inFocus, type Placed, type Rule } from "./rule.js";
import { type Served, servedTables } from "./served.js";

export const unknownCluster: Rule = {
  name: "unknown-cluster",
  description: "Every name of a cluster is one of the fleet's.",
  check(context) {
    for (const kind of ["VirtualGateway", "ExternalService"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const names = (value.clusters ?? []).map((name, index) => at(name, ["clusters", index]));
        report(context, subject, value.fleet, names);
      }
    }
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      const names = (value.workloads.clusters ?? []).map((name, index) => at(name, ["workloads", "clusters", index]));
      report(context, subject, value.fleet, names);
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const names = value.services.flatMap(({ cluster }, index) =>
        cluster === undefined ? [] : [at(cluster, ["services", index, "cluster"])],
      );
      const ofSubsets = value.subsets.flatMap(({ clusters = [] }, subset) =>
        clusters.map((name, index) => at(name, ["subsets", subset, "clusters", index])),
      );
      report(context, subject, value.fleet, [...names, ...ofSubsets]);
    }
    for (const { subject, value } of inFocus(context, "RouteTable")) {
      const names = destinationsOf(value).flatMap(({ destination: { target }, path }) =>
        target.kind === "service" ? [at(target.cluster, [...path, "service", "cluster"])] : [],
      );
      const ofSidecars =
        value.sidecars?.clusters?.map((name, index) => at(name, ["sidecars", "clusters", index])) ?? [];
      report(context, subject, value.fleet, [...names, ...ofSidecars]);
    }
    for (const kind of ["VirtualDestination", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const access = accessPolicyOf(context, value.policies);
        const selectors = access?.value.authorizations.flatMap(serviceAccountsOf) ?? [];
        const names = selectors.flatMap(({ cluster }) =>
          cluster === undefined ? [] : [at(cluster, access?.path ?? [])],
        );
        report(context, subject, value.fleet, names);
      }
    }
    for (const served of servedTables(context)) checkDelegated(context, served);
  },
};

/** Tables of other fleets, whose clusters this one may not have. */
function checkDelegated(context: CheckContext, { table, report }: Served): void {
  const known = context.model.Fleet.get(table.fleet)?.clusters.map((cluster) => cluster.name);
  if (known === undefined) return;
  table.http.forEach(({ action, way }, index) => {
    if (action.kind !== "forward" || way === undefined || way.steps.at(-1)?.value.fleet === table.fleet) return;
    action.destinations.forEach(({ target }, at) => {
      if (target.kind !== "service" || known.includes(target.cluster)) return;
      const path = ["http", index, "forwardTo", "destinations", at, "service", "cluster"];
      report("MW0501", path, { cluster: target.cluster, known });
    });
  });
}

function at(value: string, path: Path): Placed<string> {
  return { value, path };
}

function report(context: CheckContext, subject: Subject, fleet: string, names: readonly Placed<string>[]): void {
  const clusters = context.model.Fleet.get(fleet)?.clusters;
  if (clusters === undefined) return;
  const known = clusters.map((cluster) => cluster.name);
  const set = new Set(known);
  for (const { value: cluster, path } of names)
    if (!set.has(cluster)) context.findings.add("MW0501", subject, path, { cluster, known });
}
