/**
 * Figure (c): the slowdown when the work grows tenfold, checks included.
 *
 * Routes grow in three ways: ten times the routes in each of 100 tables, ten times the tables, and one table that grows
 * from 1,000 to 10,000 routes, which exposes checks that compare routes with each other. Clusters grow tenfold too:
 * every gateway table is served in all of them, but its backends run in two, because destinations that run everywhere
 * have an endpoint for every pair of clusters and so grow quadratically.
 */
import type { Figures } from "./figures.js";
import { fleetArgs, type Size } from "./fleet-args.js";
import { renderArgs } from "./pipeline.js";
import { median, progress, timeOf } from "./timing.js";

interface Growth {
  readonly what: string;
  readonly from: Size;
  readonly to: Size;
}

const ROUTES: readonly Growth[] = [
  {
    what: "routes of each table, 10 to 100",
    from: { tables: 100, routes: 10, clusters: 2 },
    to: { tables: 100, routes: 100, clusters: 2 },
  },
  {
    what: "tables, 10 to 100",
    from: { tables: 10, routes: 100, clusters: 2 },
    to: { tables: 100, routes: 100, clusters: 2 },
  },
  {
    what: "routes of one table, 1000 to 10000",
    from: { tables: 1, routes: 1000, clusters: 2 },
    to: { tables: 1, routes: 10_000, clusters: 2 },
  },
];

const CLUSTERS: readonly Growth[] = [
  {
    what: "clusters, 10 to 100",
    from: { tables: 20, routes: 50, clusters: 10, backendClusters: 2 },
    to: { tables: 20, routes: 50, clusters: 100, backendClusters: 2 },
  },
];

/** One policy per table, applied to all of its routes. */
const POLICIES: Growth = {
  what: "routes of one table with policies, 100 to 1000",
  from: { tables: 1, routes: 100, clusters: 2, destinations: 2, policies: true },
  to: { tables: 1, routes: 1000, clusters: 2, destinations: 2, policies: true },
};

/**
 * Repeats small runs until they do as much work as a large one, so that machine load and garbage collection affect both
 * alike.
 */
const SMALL_RUNS = 10;

export function growth(figures: Figures, rounds: number): void {
  figures.add("growth_routes_10x", worstOf(ROUTES, rounds), { atMost: 12, digits: 2 });
  figures.add("growth_policy_routes_10x", worstOf([POLICIES], rounds), { atMost: 12, digits: 2 });
  figures.add("growth_policy_output_10x", sizeOf(POLICIES.to) / sizeOf(POLICIES.from), { atMost: 10, digits: 2 });
  figures.add("growth_clusters_10x", worstOf(CLUSTERS, rounds), { atMost: 12, digits: 2 });
}

/** Returns the size of a table's objects as JSON, in bytes. */
function sizeOf(size: Size): number {
  const rendered = renderArgs(fleetArgs(size)).filter(({ maker }) => maker.kind === "RouteTable");
  return rendered.reduce((sum, { object }) => sum + JSON.stringify(object).length, 0);
}

function worstOf(growths: readonly Growth[], rounds: number): number {
  return Math.max(...growths.map((each) => factorOf(each, rounds)));
}

function factorOf({ what, from, to }: Growth, rounds: number): number {
  const factors: number[] = [];
  // warms up the JIT before anything is measured
  for (let round = -2; round < rounds; round++) {
    const small = timeOfRuns(from, SMALL_RUNS) / SMALL_RUNS;
    const large = timeOfRuns(to, 1);
    if (round < 0) continue;
    factors.push(large / small);
    progress(`c: ${what}: ${small.toFixed(0)} to ${large.toFixed(0)} ms`);
  }
  return median(factors);
}

function timeOfRuns(size: Size, runs: number): number {
  const prepare = () => Array.from({ length: runs }, () => fleetArgs(size));
  return timeOf(prepare, (programs) => programs.forEach((program) => void renderArgs(program))).ms;
}
