/** Tables that delegate, and those that they delegate to, as arguments. */
import fc from "fast-check";
import { defined } from "../../support/arbitraries/names.js";
import { maybeLabels } from "../../support/arbitraries/route-policies.js";
import { FLEET } from "../rig/world.js";
import type { Args } from "./backends.js";
import type { MatcherArgs } from "./conditions.js";
import { type RouteArgs, routesArgs } from "./routes.js";

type Backends = Parameters<typeof routesArgs>[0];
type Listed = Parameters<typeof routesArgs>[1];

/** How many tables all others may delegate to. */
const SHARED = 2;

/** The tables that all others may delegate to. */
export const SHARED_TABLES: readonly string[] = Array.from({ length: SHARED }, (_, index) => `shared${index}`);

/** Beginnings of paths without letters, so that no other condition minds their case. */
const prefix = fc.constantFrom("/", "/1", "/1/2", "/-", "/~", "/.1", "/%20", "/$", "/(1)", "/1+", "/[1]", "/1|2", "/*");

/** Conditions of a delegating route that go together with most others, but not with all. */
const matcher: fc.Arbitrary<MatcherArgs> = fc
  .record({
    uri: fc.oneof(
      { weight: 4, arbitrary: prefix.map((each) => ({ prefix: each })) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    headers: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      [{ name: "x-way" }],
      [{ name: "x-way", value: "1" }],
      [{ name: "X-Way", value: "2", invertMatch: true }],
    ),
    queryParameters: fc.constantFrom(undefined, undefined, undefined, [{ name: "way" }], [{ name: "way", value: "a" }]),
    // contradicts some routes of shared tables, which other ways may reach
    method: fc.constantFrom(...Array.from({ length: 6 }, () => undefined), "GET", "POST"),
  })
  .map(defined);

/** A route that delegates to these tables. */
function delegating(name: string, tables: readonly string[], listed: Listed): fc.Arbitrary<RouteArgs> {
  return fc
    .record({
      matchers: fc.array(matcher, { maxLength: 2 }),
      sortMethod: fc.constantFrom(undefined, "TABLE_WEIGHT", "ROUTE_SPECIFICITY"),
      selector: fc.constantFrom(...Array.from({ length: 8 }, () => undefined), { labels: { tier: "a" } }),
      labels: maybeLabels,
      policies: listed,
      order: fc.shuffledSubarray([...tables], { minLength: tables.length }),
    })
    .map(({ matchers, sortMethod, selector, labels, policies, order }) =>
      defined({
        name,
        labels,
        policies,
        ...(matchers.length > 0 && { matchers }),
        delegate: defined({ routeTables: order, sortMethod, selector }),
      }),
    );
}

/** A table that others delegate to, which may go on to these. */
export function delegatedTableArgs(backends: Backends, listed: Listed, tables: readonly string[]): fc.Arbitrary<Args> {
  return fc
    .record({
      fleet: fc.constant(FLEET),
      labels: maybeLabels,
      weight: fc.constantFrom(undefined, -1, 1, 2),
      http: withDelegation(routesArgs(backends, listed, SIZES), tables, listed),
      policies: listed,
    })
    .map(defined);
}

/** Few, because each stands below several routes. */
const SIZES = { routes: 4, matchers: 2 };

/** Routes, and among them one or two that delegate to these tables, where there are any. */
export function withDelegation(
  routes: fc.Arbitrary<readonly RouteArgs[]>,
  tables: readonly string[],
  listed: Listed,
): fc.Arbitrary<readonly RouteArgs[]> {
  if (tables.length === 0) return routes;
  const second = fc.option(delegating("second-way", tables, listed), { freq: 2, nil: undefined });
  return fc.tuple(routes, delegating("way", tables, listed), fc.nat(8), second).map(([all, route, at, other]) => {
    const before = at % Math.max(1, all.length);
    return [...all.slice(0, before), route, ...all.slice(before), ...(other === undefined ? [] : [other])];
  });
}

/** By name, a table of its own for another one, and one more that this delegates to; often nothing. */
export function ownTables(
  name: string,
  backends: Backends,
  listed: Listed,
): fc.Arbitrary<Readonly<Record<string, Args>>> {
  const [near, far] = [`${name}-near`, `${name}-far`];
  const nothing: fc.Arbitrary<Readonly<Record<string, Args>>> = fc.constant({});
  return fc.oneof(
    { weight: 3, arbitrary: nothing },
    { weight: 1, arbitrary: delegatedTableArgs(backends, listed, []).map((args) => ({ [near]: args })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(delegatedTableArgs(backends, listed, [far]), delegatedTableArgs(backends, listed, []))
        .map(([first, second]) => ({ [near]: first, [far]: second })),
    },
  );
}
