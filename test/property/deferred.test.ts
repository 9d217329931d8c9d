/** Unknown leaves change neither the set of objects nor any value that is shown as known. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import { formatDiagnostics } from "../../sdk/nodejs/src/diagnostics/format.js";
import type { RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { deferredNumbers, isDeferred } from "../../sdk/nodejs/src/model/deferred.js";
import { deferLeaves } from "../support/arbitraries/deferred.js";
import { modelFrom } from "../support/arbitraries/model.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { forCheckedModels } from "../support/checked-models.js";
import { placeOf } from "../support/rendered.js";

describe("property: unknown leaves", function () {
  configureRuns(this);

  it("change neither the objects nor their names, and known values stay true", () => {
    forCheckedModels(({ args, compiled: late, index }) => {
      const [stream] = fc.sample(fc.infiniteStream(fc.integer({ min: 0, max: 9 })), { numRuns: 1, seed: index });
      const { deferred } = deferLeaves(args, () => (stream?.next().value ?? 1) < 3);
      const early = compile(modelFrom(deferred));
      if (early.diagnostics.some(({ code }) => code === "MW0529" || code === "MW0492")) return;
      assert.ok(!hasErrors(early.diagnostics), `what is not known is refused: ${formatDiagnostics(early.diagnostics)}`);
      assert.deepEqual(early.objects.map(placeOf), late.objects.map(placeOf));
      early.objects.forEach((object, at) => {
        checkShown(object, late.objects[at]);
      });
    });
  });
});

/** Asserts that what a preview shows of an object is what the update produces. */
function checkShown(early: RenderedObject, late: RenderedObject | undefined): void {
  assert.ok(late !== undefined);
  assert.deepEqual(early.object.metadata, late.object.metadata);
  if (early.shapedBy === undefined)
    assert.deepEqual(merged(early.object.spec, late.object.spec), plain(late.object.spec));
}

/** Fills the update's values into a preview's value by their paths, as the resources layer does. */
function merged(early: unknown, late: unknown): unknown {
  if (isDeferred(early)) return plain(late);
  if (Array.isArray(early)) return early.map((item, index) => merged(item, at(late, index)));
  if (typeof early !== "object" || early === null) return early;
  if (Object.keys(early).some((key) => deferredNumbers(key).length > 0)) return plain(late);
  return plain(Object.fromEntries(Object.entries(early).map(([key, item]) => [key, merged(item, at(late, key))])));
}

function at(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
}

/** Strips undefined fields, and target ports that equal their default. */
function plain(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (_, item) => {
    if (typeof item !== "object" || item === null || item.targetPort !== item.number) return item;
    const { targetPort: _same, ...rest } = item;
    return Array.isArray(item) ? item : rest;
  });
}
