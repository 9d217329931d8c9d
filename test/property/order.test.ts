/** The order of unordered input has no effect; adding or removing routes and clusters renames nothing. */
import assert from "node:assert/strict";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import { KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import { modelFrom } from "../support/arbitraries/model.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { forCheckedModels } from "../support/checked-models.js";
import { reverseKeys } from "../support/permute.js";
import { placeOf } from "../support/rendered.js";

interface Clusters {
  readonly clusters: readonly { readonly name: string }[];
}

function withClusters(args: ModelArgs, change: (clusters: Clusters["clusters"]) => Clusters["clusters"]): ModelArgs {
  const fleet = args.Fleet["prod"] as Clusters;
  return { ...args, Fleet: { prod: { ...fleet, clusters: change(fleet.clusters) } } };
}

describe("property: order", function () {
  configureRuns(this);

  it("of a fleet's clusters changes nothing", () => {
    forCheckedModels(({ args, compiled }) => {
      const turned = withClusters(args, (clusters) => [...clusters].reverse());
      const { objects, plan } = compile(modelFrom(turned));
      assert.deepEqual(objects, compiled.objects);
      assert.deepEqual(plan, compiled.plan);
    });
  });

  it("of keys, labels and resources changes nothing", () => {
    forCheckedModels(({ args, compiled }) => {
      const { objects, plan } = compile(modelFrom(reverseKeys(args) as ModelArgs));
      assert.deepEqual(objects, compiled.objects);
      assert.deepEqual(plan, compiled.plan);
    });
  });

  it("of routes renames no object", () => {
    forCheckedModels(({ args, compiled }) => {
      const tables = Object.entries(args.RouteTable as Record<string, { http: unknown[] }>).map(([name, table]) => [
        name,
        { ...table, http: [...table.http].reverse() },
      ]);
      const turned = compile(modelFrom({ ...args, RouteTable: Object.fromEntries(tables) }));
      if (hasErrors(turned.diagnostics)) return;
      assert.deepEqual(turned.objects.map(placeOf), compiled.objects.map(placeOf));
    });
  });

  it("adding or removing a cluster renames no object of the others", () => {
    forCheckedModels(({ args, compiled, index }) => {
      let gone = "";
      const fewer = withClusters(args, (clusters) => {
        gone = clusters[index % clusters.length]?.name ?? "";
        return clusters.filter(({ name }) => name !== gone);
      });
      if ((fewer.Fleet["prod"] as Clusters).clusters.length === 0) return;
      const { objects, diagnostics } = compile(modelFrom(fewer));
      if (hasErrors(diagnostics)) return;
      const before = new Set(objects.map(placeOf));
      const after = new Set(compiled.objects.map(placeOf));
      assert.deepEqual(
        [...before].filter((place) => !after.has(place)),
        [],
      );
    });
  });

  it("resources rendered one by one give the same objects as together", () => {
    forCheckedModels(({ model, compiled }) => {
      const apart = KINDS.flatMap((kind) =>
        [...model[kind].keys()].flatMap((name) => compile(model, { focus: { kind, name } }).objects),
      );
      const byPlace = <T>(all: readonly T[], place: (each: T) => string) =>
        [...all].sort((a, b) => (place(a) < place(b) ? -1 : 1));
      assert.deepEqual(byPlace(apart, placeOf), byPlace(compiled.objects, placeOf));
    });
  });
});
