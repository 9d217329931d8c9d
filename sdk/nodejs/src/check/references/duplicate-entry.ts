import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import type { AccessLogPolicy } from "../../model/access-log-policy.js";
import { isDeferred } from "../../model/deferred.js";
import { KIND_OF_TARGET } from "../../model/destination.js";
import type { ExternalService } from "../../model/external-service.js";
import type { Fleet } from "../../model/fleet.js";
import { subsetKey } from "../../model/labels.js";
import { kindsOf } from "../../model/policies.js";
import type { IncludedDestination } from "../../model/trim-proxy-config-policy.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import { portNames } from "../facts/external-ports.js";
import { type PolicyList, policyListsOf } from "../policy-lists.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

/** A list, its values and their paths; absent and unknown values are no duplicates. */
interface Listed {
  readonly what: string;
  readonly values: readonly (string | number | undefined)[];
  readonly place: (index: number) => Path;
}

export const duplicateEntry: Rule = {
  name: "duplicate-entry",
  codes: ["MW0508"],
  description:
    "Lists have no duplicates: hosts regardless of case, ports, clusters, gateways, subsets, services and policies.",
  check(context) {
    for (const { subject, value } of inFocus(context, "Fleet")) reportFleet(context, subject, value);
    for (const { subject, value } of inFocus(context, "VirtualGateway")) reportGateway(context, subject, value);
    for (const { subject, value } of inFocus(context, "RouteTable")) {
      report(context, subject, list("host", value.hosts.map(lower), ["hosts"]));
      report(context, subject, list("gateway", value.virtualGateways, ["virtualGateways"]));
      report(context, subject, list("namespace", value.sidecars?.namespaces, ["sidecars", "namespaces"]));
      report(context, subject, list("cluster", value.sidecars?.clusters, ["sidecars", "clusters"]));
      value.http.forEach(({ action }, index) => {
        if (action.kind !== "delegate") return;
        report(context, subject, list("table", action.tables, ["http", index, "delegate", "routeTables"]));
      });
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) reportVirtual(context, subject, value);
    for (const { subject, value } of inFocus(context, "ExternalService")) reportExternal(context, subject, value);
    for (const kind of ["RouteTable", "VirtualDestination", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind))
        for (const listed of policyListsOf(kind, value)) reportPolicies(context, subject, listed);
    }
    for (const { subject, value } of inFocus(context, "AccessLogPolicy")) reportAccessLog(context, subject, value);
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      report(context, subject, list("cluster", value.workloads.clusters, ["workloads", "clusters"]));
      report(
        context,
        subject,
        list("destination", value.includedDestinations.map(describeIncluded), ["includedDestinations"]),
      );
    }
    for (const { subject, value } of inFocus(context, "ActiveHealthCheckPolicy"))
      report(context, subject, list("gateway", value.virtualGateways, ["virtualGateways"]));
    for (const { subject, value } of inFocus(context, "FailoverPolicy"))
      report(context, subject, list("label", value.priorityLabels, ["priorityLabels", "labels"]));
  },
};

function reportFleet(context: CheckContext, subject: Subject, value: Fleet): void {
  value.clusters.forEach(({ eastWestGateway }, index) => {
    const path = ["clusters", index, "eastWestGateway", "addresses"];
    report(context, subject, list("address", eastWestGateway?.addresses.map(lower), path));
  });
}

function reportGateway(context: CheckContext, subject: Subject, value: VirtualGateway): void {
  report(context, subject, list("cluster", value.clusters, ["clusters"]));
  value.listeners.forEach(({ allowedRouteTables }, index) => {
    const path = ["listeners", index, "allowedRouteTables"];
    const hosts = allowedRouteTables.map(({ host, selector, workspaces = [] }) => {
      const chosen = [...(selector ? [subsetKey(selector.labels)] : []), ...workspaces.map(({ name }) => name)];
      return chosen.length === 0 ? lower(host) : `${lower(host)} for ${chosen.join(", ")}`;
    });
    report(context, subject, list("host", hosts, path, "host"));
  });
}

function portNumbers({ ports }: Pick<VirtualDestination | ExternalService, "ports">) {
  const numbers = ports.map(({ number }) => number);
  return list("port", numbers, ["ports"], "number");
}

function reportVirtual(context: CheckContext, subject: Subject, value: VirtualDestination): void {
  report(context, subject, list("host", value.hosts.map(lower), ["hosts"]));
  report(context, subject, portNumbers(value));
  report(
    context,
    subject,
    list(
      "subset",
      value.subsets.map(({ labels }) => subsetKey(labels)),
      ["subsets"],
    ),
  );
  value.subsets.forEach(({ clusters }, index) => {
    report(context, subject, list("cluster", clusters, ["subsets", index, "clusters"]));
  });
  report(context, subject, list("service", value.services.map(describeService), ["services"]));
  report(context, subject, list("namespace", value.exportTo, ["exportTo"]));
}

function reportExternal(context: CheckContext, subject: Subject, value: ExternalService): void {
  report(context, subject, list("cluster", value.clusters, ["clusters"]));
  report(context, subject, list("host", value.hosts.map(lower), ["hosts"]));
  report(context, subject, list("address", value.addresses.map(lower), ["addresses"]));
  report(context, subject, portNumbers(value));
  report(context, subject, list("port name", portNames(value), ["ports"], "name"));
  report(context, subject, list("namespace", value.exportTo, ["exportTo"]));
}

function reportAccessLog(context: CheckContext, subject: Subject, value: AccessLogPolicy): void {
  for (const field of ["includedRequestHeaders", "includedResponseHeaders"] as const)
    report(context, subject, list("header", value[field], [field]));
  report(context, subject, list("trailer", value.includedResponseTrailers, ["includedResponseTrailers"]));
  report(context, subject, list("object", value.includedFilterStateObjects, ["includedFilterStateObjects"]));
}

function reportPolicies(context: CheckContext, subject: Subject, { path, references }: PolicyList): void {
  const policies = references.map((each) => {
    const [kind, ...more] = kindsOf(context.model, each);
    return kind === undefined || more.length > 0 ? undefined : `${kind}/${each.name}`;
  });
  report(context, subject, list("policy", policies, path));
}

function list(what: string, values: readonly (string | number | undefined)[] = [], path: Path, field?: string): Listed {
  return { what, values, place: (index) => [...path, index, ...(field === undefined ? [] : [field])] };
}

function report(context: CheckContext, subject: Subject, { what, values, place }: Listed): void {
  const seen = new Map<string | number, number>();
  values.forEach((value, index) => {
    if (value === undefined || isDeferred(value)) return;
    const first = seen.get(value);
    if (first === undefined) seen.set(value, index);
    else context.findings.add("MW0508", subject, place(index), { what, value, first });
  });
}

function lower(text: string): string {
  return text.toLowerCase();
}

function describeService(service: { namespace: string; cluster?: string; labels: Readonly<Record<string, string>> }) {
  const where = service.cluster === undefined ? "" : ` in ${service.cluster}`;
  return `${service.namespace}/${subsetKey(service.labels)}${where}`;
}

function describeIncluded(included: IncludedDestination): string {
  return included.kind === "service"
    ? `Service ${included.name}.${included.namespace}`
    : `${KIND_OF_TARGET[included.kind]} ${included.name}`;
}
