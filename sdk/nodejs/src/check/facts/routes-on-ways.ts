import { memoizeBy } from "../../memo/memo.js";
import type { DelegationStep, EffectiveRoute } from "../../model/delegation.js";
import { findCovered, type MatcherPlace } from "../coverage/find-covered.js";
import type { CheckContext } from "../rule.js";
import { type ReportableTable, stepsOf } from "./effective-tables.js";
import { conditionsOfWay, type WayMatcher } from "./way-conditions.js";

/** A matcher on one way, and what takes all of its requests first. */
export interface MatcherOnWay extends WayMatcher {
  readonly by?: { readonly route: RouteOnWay; readonly origin?: number };
}

/** A route as one way leads to it: an effective route, or a delegating route before it. */
export interface RouteOnWay {
  /** From the root table to the route. */
  readonly steps: readonly DelegationStep[];
  /** The effective route; absent if the route delegates. */
  readonly leaf?: EffectiveRoute;
  readonly matchers: readonly MatcherOnWay[];
  /** The earlier route that takes the first of its requests, if earlier routes take all of them. */
  readonly coveredBy?: RouteOnWay;
  /** True if earlier routes take all requests of a delegating route before it. */
  readonly isBelowCovered: boolean;
}

type Draft = Pick<RouteOnWay, "steps" | "leaf"> & { readonly conditions: readonly WayMatcher[] };

/** Returns all routes of an effective table, each delegating route right before the first route that it leads to. */
export const routesOnWays = memoizeBy(judge, (_context, { table }) => table);

/** Identifies a way by the routes that it takes. */
export function wayKey(steps: readonly DelegationStep[]): string {
  return JSON.stringify(steps.map(({ table, index }) => [table, index]));
}

function judge(context: CheckContext, served: Pick<ReportableTable, "subject" | "table">): readonly RouteOnWay[] {
  const drafts = draftsOf(served);
  const routes = drafts.map(({ leaf, conditions }) => ({
    matchers: conditions.map(({ matcher }) => matcher),
    isProbe: leaf === undefined,
  }));
  // neither the order nor the existence of such matchers is certain
  const isCertain = served.table.undecided.length === 0;
  const covers = isCertain ? findCovered(routes, context.compileRegex).covers : [];
  const covered = new Set<string>();
  const found: RouteOnWay[] = [];
  for (const [index, draft] of drafts.entries()) {
    const route = routeOf(draft, covers[index] ?? [], found, covered);
    if (route.leaf === undefined && (route.coveredBy !== undefined || route.isBelowCovered))
      covered.add(wayKey(route.steps));
    found.push(route);
  }
  return found;
}

function draftsOf({ subject, table }: Pick<ReportableTable, "subject" | "table">): readonly Draft[] {
  const seen = new Set<string>();
  return table.http.flatMap((leaf, index) => {
    const steps = stepsOf({ subject, table }, index);
    const delegating = steps.slice(1).flatMap((_, at): readonly Draft[] => {
      const before = steps.slice(0, at + 1);
      const key = wayKey(before);
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ steps: before, conditions: conditionsOfWay(before) }];
    });
    const conditions = leaf.matchers.map((matcher, at): WayMatcher => {
      const origin = leaf.way === undefined ? at : leaf.way.matchers[at];
      return { matcher, ...(origin !== undefined && { origin }) };
    });
    return [...delegating, { steps, leaf, conditions }];
  });
}

function routeOf(
  { steps, leaf, conditions }: Draft,
  covers: readonly (MatcherPlace | undefined)[],
  before: readonly RouteOnWay[],
  covered: ReadonlySet<string>,
): RouteOnWay {
  const [first] = covers;
  // no matcher of its own route precedes the first one, so another route covers it
  const coveredBy = first !== undefined && covers.every((by) => by !== undefined) ? before[first.route] : undefined;
  const matchers = conditions.map((condition, at): MatcherOnWay => {
    const by = covers[at];
    if (by === undefined) return condition;
    const own = { steps, matchers: conditions, isBelowCovered: false, ...(leaf && { leaf }) };
    const route = before[by.route] ?? own;
    const origin = route.matchers[by.matcher]?.origin;
    return { ...condition, by: { route, ...(origin !== undefined && { origin }) } };
  });
  const isBelowCovered = steps.slice(1).some((_, at) => covered.has(wayKey(steps.slice(0, at + 1))));
  return { steps, matchers, isBelowCovered, ...(leaf && { leaf }), ...(coveredBy && { coveredBy }) };
}
