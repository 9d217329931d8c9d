import { memoize, memoizeBy } from "../../memo/memo.js";
import { isDeferred, type Leaf } from "../../model/deferred.js";
import { type DelegationStep, effectiveTable, isRoot, tablesUnder } from "../../model/delegation.js";
import { type CheckContext, everyOne, type Resource } from "../rule.js";
import { allDelegatedTables } from "./effective-tables.js";
import { servedPorts } from "./listeners.js";
import { type MatcherOnWay, type RouteOnWay, routesOnWays } from "./routes-on-ways.js";

type Table = Resource<"RouteTable">;

/** True if some way of the model leads requests to a route: none that it contradicts, or on which others precede it. */
export function isReached(context: CheckContext, step: DelegationStep): boolean {
  return reachedFrom(context, step).some((reached) => reached.has(keyOf(step)));
}

/** True if some way of the model leads requests to a matcher of a route. */
export function isMatcherReached(context: CheckContext, step: DelegationStep, matcher: number | undefined): boolean {
  return reachedFrom(context, step).some((reached) => reached.has(keyOf(step, matcher)));
}

/** True if a gateway listens at the port of a matcher on some way of the model. */
export function isPortServed(context: CheckContext, step: DelegationStep, matcher: number): boolean {
  return reachedFrom(context, step).some((reached) => reached.has(keyOf(step, matcher, "port")));
}

/** True if no way outside of the model may lead to a route: it is the root table's own, or the model is complete. */
export function knowsAllWays({ focus }: CheckContext, steps: readonly DelegationStep[]): boolean {
  return focus === undefined || steps.length === 1;
}

/** Returns what is reached from each table that leads to a route. */
function reachedFrom(context: CheckContext, { table }: DelegationStep): readonly ReadonlySet<string>[] {
  const leading = topsOf(context).filter(({ subject }) => tablesUnder(context.model, subject.name).has(table));
  return leading.map((top) => reachedOf(context, top));
}

/** Returns the tables at which ways begin: those that take requests, and those to which none delegates. */
const topsOf = memoize((context: CheckContext): readonly Table[] => {
  const delegated = allDelegatedTables(context);
  return everyOne(context, "RouteTable").filter(({ subject, value }) => isRoot(value) || !delegated.has(subject.name));
});

const reachedOf = memoizeBy(findReached, (_context, { subject }) => subject.name);

function findReached(context: CheckContext, { subject, value }: Table): ReadonlySet<string> {
  const table = effectiveTable(context.model, subject.name);
  const reached = new Set<string>();
  if (table === undefined) return reached;
  const isAnyPort = !isRoot(value) || value.sidecars !== undefined || table.undecided.length > 0;
  const ports = isAnyPort ? undefined : servedPorts(context, value, "http");
  const isServed = (port: Leaf<number> | undefined): boolean =>
    port === undefined || ports === undefined || isDeferred(port) || ports.includes(port);
  for (const route of routesOnWays(context, { subject, table })) note(reached, route, isServed);
  return reached;
}

function note(
  reached: Set<string>,
  { steps, leaf, matchers, coveredBy, isBelowCovered }: RouteOnWay,
  isServed: (port: Leaf<number> | undefined) => boolean,
): void {
  const last = steps.at(-1);
  if (last === undefined) return;
  if (leaf !== undefined) notePorts(reached, steps, matchers, isServed);
  if (coveredBy !== undefined || isBelowCovered) return;
  const live = matchers.filter(({ by, matcher }) => by === undefined && isServed(matcher.port));
  if (live.length > 0 || matchers.length === 0) reached.add(keyOf(last));
  for (const { origin } of live) reached.add(keyOf(last, origin));
}

/** Notes each matcher of a way whose port is served. */
function notePorts(
  reached: Set<string>,
  steps: readonly DelegationStep[],
  matchers: readonly MatcherOnWay[],
  isServed: (port: Leaf<number> | undefined) => boolean,
): void {
  const ports = new Set(matchers.map(({ matcher }) => matcher.port).filter(isServed));
  for (const step of steps)
    for (const [at, { port }] of (step.value.http[step.index]?.matchers ?? []).entries())
      if (port !== undefined && ports.has(port)) reached.add(keyOf(step, at, "port"));
}

function keyOf({ table, index }: DelegationStep, ...part: readonly unknown[]): string {
  return JSON.stringify([table, index, ...part]);
}
