/** Figure (a): Meshway from arguments to objects, against cdk8s from the same objects to JSON. */
import assert from "node:assert/strict";
import type { RenderedObject } from "meshway/model";
import { cdk8sJson } from "./cdk8s-json.js";
import type { Figures } from "./figures.js";
import { fleetArgs } from "./fleet-args.js";
import { renderArgs } from "./pipeline.js";
import { median, progress, timeOf } from "./timing.js";

const SIZE = { tables: 100, routes: 100, clusters: 10 };
const WARM_UP = 3;

export function renderVsCdk8s(figures: Figures, rounds: number): void {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const rendered = timeOf(() => fleetArgs(SIZE), renderArgs);
    // before cdk8s has used any memory
    if (round === -WARM_UP) figures.add("peak_rss_mb", process.resourceUsage().maxRSS / 1024, { digits: 0 });
    const synthesized = timeOf(() => rendered.result, cdk8sJson);
    if (round === -WARM_UP) describe(figures, rendered.result, synthesized.result);
    if (round < 0) continue;
    ours.push(rendered.ms);
    theirs.push(synthesized.ms);
    progress(
      `a: round ${round + 1} of ${rounds}: Meshway ${rendered.ms.toFixed(0)} ms, cdk8s ${synthesized.ms.toFixed(0)} ms`,
    );
  }
  const ratios = ours.map((ms, round) => ms / (theirs[round] ?? Number.NaN));
  figures.add("render_vs_cdk8s", median(ratios), { atMost: 0.5 });
  figures.add("render_ms", median(ours), { digits: 0 });
  figures.add("cdk8s_ms", median(theirs), { digits: 0 });
}

/** Reports the number of objects and asserts that both sides produced the same ones. */
function describe(figures: Figures, objects: readonly RenderedObject[], json: readonly unknown[]): void {
  figures.add("objects", objects.length, { digits: 0 });
  figures.add("routes", countRoutes(objects), { digits: 0 });
  const texts = objects.map(({ object }) => canonical(object)).sort();
  assert.deepEqual(json.map(canonical).sort(), texts, "cdk8s must give the same objects");
}

function countRoutes(objects: readonly RenderedObject[]): number {
  return objects.reduce(
    (sum, { object: { spec } }) => sum + (Array.isArray(spec["http"]) ? spec["http"].length : 0),
    0,
  );
}

/** Returns JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
