import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { hasFleet, KINDS, type Kind, POLICY_KINDS } from "../../kinds/kinds.js";
import { KIND_OF_TARGET } from "../../model/destination.js";
import { kindsOf } from "../../model/policies.js";
import type { PolicyReference } from "../../model/policy-reference.js";
import { everyDestination } from "../facts/destinations.js";
import { referToWorkspaces } from "../facts/workspace-references.js";
import { policyListsOf } from "../policy-lists.js";
import { type CheckContext, inFocus, namesOf, type Rule } from "../rule.js";

export const unknownReference: Rule = {
  name: "unknown-reference",
  codes: ["MW0107", "MW0108"],
  description: "Every reference names a resource of the model.",
  check(context) {
    for (const kind of KINDS) {
      if (!hasFleet(kind)) continue;
      for (const { subject, value } of inFocus(context, kind)) refer(context, subject, ["fleet"], "Fleet", value.fleet);
    }
    for (const kind of KINDS) {
      for (const { subject, value } of inFocus(context, kind))
        for (const { path, references } of policyListsOf(kind, value))
          for (const [index, reference] of references.entries())
            referToPolicy(context, subject, [...path, index], reference);
    }
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      value.includedDestinations.forEach(({ kind, name }, index) => {
        if (kind === "service") return;
        refer(context, subject, ["includedDestinations", index, kind], KIND_OF_TARGET[kind], name);
      });
    }
    for (const { subject, value } of inFocus(context, "ActiveHealthCheckPolicy")) {
      // a policy checked alone has no fleet, so its gateways from other stacks can't be read
      if (context.focus?.kind === subject.kind) continue;
      value.virtualGateways.forEach((name, index) => {
        refer(context, subject, ["virtualGateways", index], "VirtualGateway", name);
      });
    }
    referToWorkspaces(context);
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.virtualGateways.forEach((name, index) => {
        refer(context, subject, ["virtualGateways", index], "VirtualGateway", name);
      });
      table.http.forEach(({ action }, index) => {
        if (action.kind !== "delegate") return;
        action.tables.forEach((name, at) => {
          refer(context, subject, ["http", index, "delegate", "routeTables", at], "RouteTable", name);
        });
      });
    }
    for (const { subject, destination, path } of everyDestination(context)) {
      const { target } = destination;
      if (target.kind === "service") continue;
      const kind = KIND_OF_TARGET[target.kind];
      if (!context.model[kind].has(target.name)) refer(context, subject, [...path, target.kind], kind, target.name);
    }
  },
};

function refer(context: CheckContext, subject: Subject, path: Path, kind: Kind, found: string): void {
  const known = context.model[kind];
  if (!known.has(found)) context.findings.add("MW0107", subject, path, { kind, found, known: namesOf(known) });
}

function referToPolicy(context: CheckContext, subject: Subject, path: Path, reference: PolicyReference): void {
  const { kind = "policy", name } = reference;
  const kinds = kindsOf(context.model, reference);
  if (kinds.length > 1) context.findings.add("MW0108", subject, path, { kind, name });
  if (kinds.length > 0) return;
  const known = POLICY_KINDS.filter((each) => (reference.kind ?? each) === each).flatMap((each) => [
    ...context.model[each].keys(),
  ]);
  context.findings.add("MW0107", subject, path, { kind, found: name, known });
}
