import { type DelegationProblem, effectiveTable, MOST_MATCHERS } from "../../model/delegation.js";
import { subjectOf, throughOf } from "../facts/effective-tables.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const delegatedConditions: Rule = {
  name: "delegated-conditions",
  codes: ["MW0241", "MW0246", "MW0247", "MW0248"],
  description:
    "Conditions of delegating routes and of routes below them combine to matchers that Istio can express, in bounds.",
  check(context) {
    // each table reports its own conflicts; tables further down report theirs
    for (const { subject } of inFocus(context, "RouteTable"))
      for (const problem of effectiveTable(context.model, subject.name)?.problems ?? []) report(context, problem);
  },
};

function report({ findings }: CheckContext, problem: DelegationProblem): void {
  const { steps } = problem;
  const leaf = steps.at(-1);
  if (leaf === undefined) return;
  const route = leaf.value.http[leaf.index]?.name ?? "";
  const [subject, path, through] = [subjectOf(leaf), ["http", leaf.index], throughOf(steps)];
  if (problem.kind === "too many") {
    findings.add("MW0246", subject, path, { route, most: MOST_MATCHERS }, through);
    return;
  }
  const { conflict, matcher } = problem;
  const { kind, ...conditions } = conflict;
  const isLeft = problem.kind === "lost matcher";
  const code = kind === "inexpressible" ? "MW0247" : isLeft ? "MW0248" : "MW0241";
  const place = matcher === undefined ? path : [...path, "matchers", matcher];
  findings.add(code, subject, place, { route, ...conditions }, through);
}
