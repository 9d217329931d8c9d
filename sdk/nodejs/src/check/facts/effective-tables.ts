import type { Code } from "../../diagnostics/catalog.js";
import type { FactsOf, Path, Subject } from "../../diagnostics/diagnostic.js";
import { memoize } from "../../memo/memo.js";
import {
  type DelegationStep,
  delegatedTables,
  type EffectiveTable,
  effectiveTable,
  isRoot,
} from "../../model/delegation.js";
import { type CheckContext, everyOne } from "../rule.js";

/** The place of a finding, and the delegating routes that lead to it. */
export interface WrittenPlace {
  readonly subject: Subject;
  readonly path: Path;
  readonly through?: readonly string[];
}

/** An effective table, for rules about the outcome of routes rather than their wording. */
export interface ReportableTable {
  readonly subject: Subject & { readonly kind: "RouteTable" };
  /** The table with each delegating route replaced by the routes it delegates to. */
  readonly table: EffectiveTable;
  /** Returns where a path of this table was written. */
  readonly placeOf: (path: Path) => WrittenPlace;
  /** Adds a finding at a path of this table; reports it where that part was written. */
  readonly report: <C extends Code>(code: C, path: Path, facts: FactsOf<C>) => void;
}

/** Returns the effective tables in focus that have hosts. Cached, because many rules need them. */
export const effectiveTables = memoize(findEffectiveTables);

function findEffectiveTables(context: CheckContext): readonly ReportableTable[] {
  const { focus } = context;
  if (focus !== undefined && focus.kind !== "RouteTable") return [];
  return everyOne(context, "RouteTable").flatMap(({ subject, value }): readonly ReportableTable[] => {
    const isWanted = isRoot(value) && (focus === undefined || focus.name === subject.name);
    const table = isWanted ? effectiveTable(context.model, subject.name) : undefined;
    return table === undefined ? [] : [servedAs(context, subject, table)];
  });
}

function servedAs(context: CheckContext, subject: ReportableTable["subject"], table: EffectiveTable): ReportableTable {
  const placeOf = (path: Path): WrittenPlace => {
    const [field, index, ...rest] = path;
    const route = field === "http" && typeof index === "number" ? table.http[index] : undefined;
    const leaf = route?.way?.steps.at(-1);
    if (route?.way === undefined || leaf === undefined) return { subject, path };
    const place = writtenPlace(leaf, route.way.matchers, rest);
    return { subject: subjectOf(leaf), path: place, through: throughOf(route.way.steps) };
  };
  return {
    subject,
    table,
    placeOf,
    report: (code, path, facts) => {
      const place = placeOf(path);
      context.findings.add(code, place.subject, place.path, facts, place.through);
    },
  };
}

/** Returns the names of all tables that any table delegates to. */
export function allDelegatedTables(context: CheckContext): ReadonlySet<string> {
  const routes = everyOne(context, "RouteTable").flatMap(({ value }) => value.http);
  return new Set(
    routes.flatMap(({ action }) => (action.kind === "delegate" ? delegatedTables(context.model, action) : [])),
  );
}

/** Returns the steps to an effective route; a single one if the table delegates nothing. */
export function stepsOf(
  { subject, table }: Pick<ReportableTable, "subject" | "table">,
  index: number,
): readonly DelegationStep[] {
  return table.http[index]?.way?.steps ?? [{ table: subject.name, value: table, index }];
}

/** Returns the table of a step. */
export function subjectOf({ table }: DelegationStep): Subject {
  return { kind: "RouteTable", name: table };
}

/** Returns the delegating routes among steps, for a finding about the last one. */
export function throughOf(steps: readonly DelegationStep[]): readonly string[] {
  return steps.slice(0, -1).map(({ table, value, index }) => `${table}/${value.http[index]?.name ?? ""}`);
}

/** Returns the path where a part of an effective route was written. */
function writtenPlace({ value, index }: DelegationStep, matchers: readonly (number | undefined)[], rest: Path): Path {
  const [part, at, ...inside] = rest;
  if (part === "matchers" && typeof at === "number") {
    const written = matchers[at];
    return written === undefined ? ["http", index] : ["http", index, part, written, ...inside];
  }
  const action = value.http[index]?.action;
  const isDefault = action?.kind === "forward" && action.destinations.length === 0;
  if (part === "forwardTo" && at === "destinations" && isDefault) return ["defaultDestination", ...inside.slice(1)];
  return ["http", index, ...rest];
}
