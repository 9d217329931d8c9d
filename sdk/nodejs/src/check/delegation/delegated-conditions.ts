import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import type { Conflict } from "../../model/conflicts.js";
import {
  type DelegationProblem,
  type DelegationStep,
  type EffectiveTable,
  effectiveTable,
  MOST_MATCHERS,
} from "../../model/delegation.js";
import { subjectOf, throughOf } from "../facts/effective-tables.js";
import { isMatcherReached, isReached, knowsAllWays } from "../facts/reach.js";
import { firstMisfit } from "../facts/way-conditions.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const delegatedConditions: Rule = {
  name: "delegated-conditions",
  codes: ["MW0237", "MW0241", "MW0246", "MW0247", "MW0248", "MW0249"],
  description:
    "Conditions of delegating routes and of routes below them combine to matchers that Istio can express, in bounds.",
  check(context) {
    // each table reports its own conflicts; tables further down report theirs
    for (const { subject } of inFocus(context, "RouteTable")) {
      const table = effectiveTable(context.model, subject.name);
      if (table !== undefined) checkTable(context, table);
    }
  },
};

/** The route to blame for a problem, which may be a delegating one in the middle of the way. */
interface Blamed {
  readonly problem: Exclude<DelegationProblem, { readonly kind: "too many" }>;
  readonly steps: readonly DelegationStep[];
  readonly last: DelegationStep;
  readonly conflict: Conflict;
  readonly matcher?: number;
}

function checkTable(context: CheckContext, table: EffectiveTable): void {
  const blamed = table.problems.flatMap((problem): readonly Blamed[] => {
    if (problem.kind === "too many") reportTooMany(context, problem.steps);
    return problem.kind === "too many" ? [] : blamedFor(problem);
  });
  const idle = idleRoutes(context, table, blamed);
  for (const each of idle.values()) reportIdle(context, each);
  for (const each of blamed) if (!idle.has(each.problem.steps[0])) report(context, each);
}

function blamedFor(problem: Blamed["problem"]): readonly Blamed[] {
  const { kind, conflict, matcher } = problem;
  const own = { steps: problem.steps, conflict, ...(matcher !== undefined && { matcher }) };
  const found = kind === "lost matcher" ? own : (firstMisfit(problem.steps, conflict.kind) ?? own);
  const last = found.steps.at(-1);
  return last === undefined ? [] : [{ problem, last, ...found }];
}

/** Finds delegating routes without any route left below them, although none of those is an error on its own. */
function idleRoutes(
  context: CheckContext,
  { http, problems }: EffectiveTable,
  blamed: readonly Blamed[],
): ReadonlyMap<DelegationStep | undefined, Blamed> {
  const idle = new Map<DelegationStep | undefined, Blamed>();
  for (const each of blamed) if (!idle.has(each.problem.steps[0])) idle.set(each.problem.steps[0], each);
  for (const { way } of http) idle.delete(way?.steps[0]);
  for (const { kind, steps } of problems) if (kind === "too many") idle.delete(steps[0]);
  for (const each of blamed) {
    const code = codeOf(context, each);
    if (code !== undefined && code !== "MW0249") idle.delete(each.problem.steps[0]);
  }
  return idle;
}

/** Returns nothing where other ways reach what fails on this one. */
function codeOf(context: CheckContext, { problem, last, steps, conflict, matcher }: Blamed) {
  if (conflict.kind === "inexpressible") return "MW0247";
  if (problem.kind === "lost matcher") return isMatcherReached(context, last, matcher) ? undefined : "MW0248";
  if (isReached(context, last)) return undefined;
  return knowsAllWays(context, steps) ? "MW0241" : "MW0249";
}

function report(context: CheckContext, blamed: Blamed): void {
  const { last, steps, conflict, matcher } = blamed;
  const code = codeOf(context, blamed);
  if (code === undefined) return;
  const { kind: _, ...conditions } = conflict;
  const path = ["http", last.index, ...(matcher === undefined ? [] : ["matchers", matcher])];
  context.findings.add(code, subjectOf(last), path, { route: nameOf(last), ...conditions }, throughOf(steps));
}

function reportTooMany({ findings }: CheckContext, steps: readonly DelegationStep[]): void {
  const last = steps.at(-1);
  if (last === undefined) return;
  const [subject, path]: readonly [Subject, Path] = [subjectOf(last), ["http", last.index]];
  findings.add("MW0246", subject, path, { route: nameOf(last), most: MOST_MATCHERS }, throughOf(steps));
}

function reportIdle({ findings }: CheckContext, { problem, last, conflict }: Blamed): void {
  const [step] = problem.steps;
  if (step === undefined) return;
  const { kind: _, ...conditions } = conflict;
  const facts = { route: nameOf(step), below: `${last.table}/${nameOf(last)}`, ...conditions };
  findings.add("MW0237", subjectOf(step), ["http", step.index, "delegate"], facts);
}

function nameOf({ value, index }: DelegationStep): string {
  return value.http[index]?.name ?? "";
}
