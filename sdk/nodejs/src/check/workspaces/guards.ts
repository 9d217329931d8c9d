import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isKnown } from "../../model/deferred.js";
import { authenticatedName, type GuardSubject, isEverybody } from "../../model/guard.js";
import { ownerOf } from "../../model/workspace.js";
import type { WorkspaceReference } from "../../model/workspace-reference.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const guards: Rule = {
  name: "guards",
  codes: ["MW0650", "MW0651", "MW0652", "MW0653"],
  description: "Guards have operators and teams, and neither of them includes everybody.",
  check(context) {
    for (const { subject, value } of inFocus(context, "Fleet"))
      refuseEverybody(context, subject, ["guard", "operators"], value.guard?.operators ?? [], "the operators");
    for (const { subject, value } of inFocus(context, "Workspace")) {
      if (value.guard === undefined) continue;
      const path = ["guard", "subjects"];
      needOperators(context, subject, value.fleet);
      refuseEverybody(context, subject, path, value.guard.subjects, "the team");
      refuseEverybody(context, subject, ["guard", "guests"], value.guard.guests, "other teams");
      warnOfOperators(context, subject, value.fleet, value.guard.subjects);
    }
    for (const { subject, value } of inFocus(context, "VirtualGateway")) {
      if (value.guard === undefined) continue;
      needOperators(context, subject, value.fleet);
      const allowed = value.listeners.flatMap(({ allowedRouteTables }) => allowedRouteTables);
      const named = [...allowed.flatMap(({ workspaces = [] }) => workspaces), ...(value.guard.workspaces ?? [])];
      needWriters(context, subject, named);
    }
  },
};

function needOperators({ model, findings }: CheckContext, subject: Subject, fleet: string): void {
  if (model.Fleet.get(fleet)?.guard === undefined && model.Fleet.has(fleet))
    findings.add("MW0650", subject, ["guard"], { fleet });
}

function needWriters(
  { model, findings }: CheckContext,
  subject: Subject,
  references: readonly WorkspaceReference[],
): void {
  const owners = references.map((each) => ownerOf(model, each)).filter((each) => each !== undefined);
  const lacking = owners.filter(({ workspace }) => workspace.guard === undefined).map(({ name }) => name);
  if (lacking.length > 0)
    findings.add("MW0651", subject, ["guard"], { gateway: subject.name, workspaces: [...new Set(lacking)].sort() });
}

function refuseEverybody(
  { findings }: CheckContext,
  subject: Subject,
  path: Path,
  subjects: readonly GuardSubject[],
  who: string,
): void {
  for (const [index, each] of subjects.entries())
    if (isEverybody(each)) findings.add("MW0653", subject, [...path, index, "name"], { subject: each.name, who });
}

function warnOfOperators(
  { model, findings }: CheckContext,
  subject: Subject,
  fleet: string,
  subjects: readonly GuardSubject[],
): void {
  const operators = model.Fleet.get(fleet)?.guard?.operators ?? [];
  const keyOf = (each: GuardSubject) => `${each.kind}/${authenticatedName(each)}`;
  const known = new Set(operators.map(keyOf));
  for (const [index, each] of subjects.entries())
    if (isKnown(each.name) && known.has(keyOf(each)))
      findings.add("MW0652", subject, ["guard", "subjects", index], { subject: each.name, workspace: subject.name });
}
