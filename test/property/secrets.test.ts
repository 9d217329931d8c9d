/** Plants secrets in all leaves: nothing that is printed or shown contains any part of one. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { compileProgram } from "../../sdk/nodejs/src/cli/program-model.js";
import { hasErrors } from "../../sdk/nodejs/src/compile.js";
import type { Diagnostic } from "../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { formatDiagnostics, toJson } from "../../sdk/nodejs/src/diagnostics/format.js";
import { KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import type { RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { deferredNumbers, deferredOf, isDeferred } from "../../sdk/nodejs/src/model/deferred.js";
import { compileEntry } from "../../sdk/nodejs/src/resources/compile-entry.js";
import { type Entry, entryKey } from "../../sdk/nodejs/src/resources/entry.js";
import { leavesIn, type ResolvedLeaf, type ResolvedLeaves } from "../../sdk/nodejs/src/resources/leaf.js";
import { clusterKey } from "../../sdk/nodejs/src/resources/objects.js";
import { checkedArgs } from "../support/arbitraries/model.js";
import { emptyArgs, type ModelArgs } from "../support/arbitraries/model-args.js";
import { configureRuns, shareOfRuns } from "../support/arbitraries/runs.js";
import { chooser } from "../support/secrets/chooser.js";
import { Plants } from "../support/secrets/plants.js";
import { fullArgs, mapLeaves } from "../support/secrets/schema-leaves.js";

/** Resources with placeholders in their leaves, and the values of these. */
interface Planted {
  readonly entries: readonly Entry[];
  readonly leaves: ResolvedLeaves;
  readonly plants: Plants;
}

const places = new Set<string>();
const figures = { runs: 0, planted: 0, findings: 0, withheld: 0, characters: 0, objects: 0 };

/**
 * Makes each leaf an Output: every `sparse`-th is a secret of arbitrary text, and half of the others are secret with
 * their own value.
 */
function planted(args: ModelArgs, choose: (most: number) => number, sparse: number): Planted {
  const plants = new Plants(choose);
  const leaves = new Map<number, ResolvedLeaf>();
  const closure = new Map<string, Entry>();
  const claims = new Map<string, string>();
  for (const kind of KINDS)
    for (const [name, each] of Object.entries(args[kind])) {
      const deferred = mapLeaves(kind, each, (value, place) => {
        const isPlant = choose(sparse) === 0;
        if (isPlant) places.add(place);
        if (!isPlant && choose(2) === 0) return value;
        const number = leaves.size + 1;
        leaves.set(number, isPlant ? secret(plants.plant(value)) : { ...secret(value), secret: choose(2) === 0 });
        return deferredOf([number]);
      });
      closure.set(entryKey(kind, name), { kind, name, args: deferred, closure, isForeign: false, claims });
    }
  figures.planted += plants.count;
  return { entries: [...closure.values()], leaves, plants };
}

function secret(value: unknown): ResolvedLeaf {
  return { known: true, secret: true, value };
}

async function assertSilent({ entries, leaves, plants }: Planted): Promise<void> {
  figures.runs += 1;
  const clean = (text: string) => {
    figures.characters += text.length;
    assert.equal(plants.find(text), undefined, "part of a secret is reported");
  };
  const assertNoSecretIn = (diagnostics: readonly Diagnostic[]) => {
    figures.findings += diagnostics.length;
    figures.withheld += diagnostics.filter(({ withheld }) => withheld).length;
    clean(formatDiagnostics(diagnostics));
    clean(JSON.stringify([diagnostics, diagnostics.map(toJson)]));
  };
  for (const entry of entries) {
    const early = compileEntry(entry);
    const late = compileEntry(entry, { leaves });
    assertNoSecretIn(early.diagnostics);
    assertNoSecretIn(late.diagnostics);
    if (hasErrors(early.diagnostics) || hasErrors(late.diagnostics)) continue;
    const settled = new Map(late.objects.map((each) => [clusterKey(each), each]));
    for (const object of early.objects) clean(JSON.stringify(shownOf(object, settled.get(clusterKey(object)), leaves)));
    figures.objects += early.objects.length;
  }
  const resolveLeaf = async (number: number) => leaves.get(number) ?? { ...secret(undefined), known: false };
  const program = await compileProgram(entries.map((entry) => ({ entry, findings: [], resolveLeaf })));
  assertNoSecretIn(program.diagnostics);
  clean(JSON.stringify(program));
}

/** Returns an object as Pulumi shows it: only the parts without secret leaves. */
function shownOf(early: RenderedObject, late: RenderedObject | undefined, leaves: ResolvedLeaves): unknown {
  const isSecret = (numbers: Iterable<number>) => [...numbers].some((number) => leaves.get(number)?.secret === true);
  const shown = (value: unknown, known: unknown): unknown => {
    if (isDeferred(value)) return isSecret(deferredNumbers(value)) ? "(secret)" : known;
    if (typeof value !== "object" || value === null) return value;
    if (Object.keys(value).some(isDeferred))
      return isSecret(leavesIn([value, Object.keys(value)])) ? "(secret)" : known;
    const inside = (known ?? {}) as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, inside[key])]));
  };
  const { spec, ...rest } = early.object;
  const { shapedBy } = early;
  const isWhole = shapedBy !== undefined && isSecret([...deferredNumbers(shapedBy), ...leavesIn(spec)]);
  const value = shapedBy === undefined ? shown(spec, late?.object.spec) : isWhole ? "(secret)" : late?.object.spec;
  return { ...rest, spec: value };
}

const seed = fc.integer({ min: 0 });

describe("property: secrets", function () {
  configureRuns(this);

  after(() => {
    if (process.env["FC_RUNS"]) console.log(`      ${JSON.stringify({ ...figures, places: places.size })}`);
  });

  for (const kind of KINDS) {
    it(`in every field of a ${kind} are not reported`, async () => {
      const nothing = emptyArgs();
      const args = { ...nothing, [kind]: { "a name": fullArgs(kind, "other") } };
      await fc.assert(fc.asyncProperty(seed, (number) => assertSilent(planted(args, chooser(number), 1))));
    });
  }

  it("in some leaves of models are neither reported nor shown in objects", async () => {
    const sparse = fc.constantFrom(1, 3, 20, 60);
    await fc.assert(
      fc.asyncProperty(
        checkedArgs,
        fc.array(fc.tuple(seed, sparse), { minLength: 1, maxLength: 4 }),
        async (args, all) => {
          for (const [number, every] of all) await assertSilent(planted(args, chooser(number), every));
        },
      ),
      shareOfRuns(1 / 20),
    );
  });

  it("were planted in every field that takes an Output", () => {
    const all = new Set<string>();
    for (const kind of KINDS) mapLeaves(kind, fullArgs(kind, "other"), (_, place) => all.add(place));
    assert.deepEqual(
      [...all].filter((place) => !places.has(place)),
      [],
    );
    assert.ok(all.size > 150, `${all.size} fields`);
  });
});
