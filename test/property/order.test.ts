/** The order in which unordered things are written never shows; routes and clusters may come and go without renaming anything. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import { KINDS } from "../../sdk/nodejs/src/model/model.js";
import { checkedArgs, type ModelArgs, modelFrom } from "../support/arbitraries/model.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { reverseKeys } from "../support/permute.js";
import { placeOf } from "../support/rendered.js";

interface Clusters {
  readonly clusters: readonly { readonly name: string }[];
}

function withClusters(args: ModelArgs, change: (clusters: Clusters["clusters"]) => Clusters["clusters"]): ModelArgs {
  const { clusters } = args.Fleet["prod"] as Clusters;
  return { ...args, Fleet: { prod: { clusters: change(clusters) } } };
}

describe("property: order", function () {
  configureRuns(this);

  it("of a fleet's clusters changes nothing", () => {
    fc.assert(
      fc.property(checkedArgs, (args) => {
        const turned = withClusters(args, (clusters) => [...clusters].reverse());
        const [one, two] = [compile(modelFrom(args)), compile(modelFrom(turned))];
        assert.deepEqual(two.objects, one.objects);
        assert.deepEqual(two.plan, one.plan);
      }),
    );
  });

  it("of keys, labels and resources changes nothing", () => {
    fc.assert(
      fc.property(checkedArgs, (args) => {
        const [one, two] = [compile(modelFrom(args)), compile(modelFrom(reverseKeys(args) as ModelArgs))];
        assert.deepEqual(two.objects, one.objects);
        assert.deepEqual(two.plan, one.plan);
      }),
    );
  });

  it("of routes renames no object", () => {
    fc.assert(
      fc.property(checkedArgs, (args) => {
        const tables = Object.entries(args.RouteTable as Record<string, { http: unknown[] }>).map(([name, table]) => [
          name,
          { ...table, http: [...table.http].reverse() },
        ]);
        const turned = compile(modelFrom({ ...args, RouteTable: Object.fromEntries(tables) }));
        if (hasErrors(turned.diagnostics)) return;
        assert.deepEqual(turned.objects.map(placeOf), compile(modelFrom(args)).objects.map(placeOf));
      }),
    );
  });

  it("a cluster more or less renames no object of the others", () => {
    fc.assert(
      fc.property(checkedArgs, fc.nat(), (args, pick) => {
        const whole = compile(modelFrom(args));
        let gone = "";
        const fewer = withClusters(args, (clusters) => {
          gone = clusters[pick % clusters.length]?.name ?? "";
          return clusters.filter(({ name }) => name !== gone);
        });
        if ((fewer.Fleet["prod"] as Clusters).clusters.length === 0) return;
        const { objects, diagnostics } = compile(modelFrom(fewer));
        if (hasErrors(diagnostics)) return;
        const before = new Set(objects.map(placeOf));
        const after = new Set(whole.objects.map(placeOf));
        assert.deepEqual(
          [...before].filter((place) => !after.has(place)),
          [],
        );
      }),
    );
  });

  it("resources rendered one by one are those rendered together", () => {
    fc.assert(
      fc.property(checkedArgs, (args) => {
        const model = modelFrom(args);
        const apart = KINDS.flatMap((kind) =>
          [...model[kind].keys()].flatMap((name) => compile(model, { focus: { kind, name } }).objects),
        );
        const byPlace = <T>(all: readonly T[], place: (each: T) => string) =>
          [...all].sort((a, b) => (place(a) < place(b) ? -1 : 1));
        assert.deepEqual(byPlace(apart, placeOf), byPlace(compile(model).objects, placeOf));
      }),
    );
  });
});
