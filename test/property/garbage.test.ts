/** Arbitrary arguments give findings or a model, and never an exception. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { readModelFile } from "../../sdk/nodejs/src/cli/model-file.js";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import { formatDiagnostics, toJson } from "../../sdk/nodejs/src/diagnostics/format.js";
import { Findings } from "../../sdk/nodejs/src/diagnostics/report.js";
import { KINDS, type Kind } from "../../sdk/nodejs/src/kinds/kinds.js";
import { parseResource } from "../../sdk/nodejs/src/model/parse-resource.js";
import { parsableArgs } from "../support/arbitraries/model.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { configureRuns } from "../support/arbitraries/runs.js";

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
});

/** Puts garbage into one place of a value; `pick` chooses the path. */
function spoil(value: unknown, garbage: unknown, pick: readonly number[]): unknown {
  const [first, ...rest] = pick;
  if (typeof value !== "object" || value === null || first === undefined) return garbage;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return garbage;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? spoil(item, garbage, rest) : item));
  return { ...value, [key]: spoil((value as Record<string, unknown>)[key], garbage, rest) };
}

function check(kind: Kind, args: unknown): void {
  const findings = new Findings();
  const value = parseResource(kind, "name", args, findings);
  assert.ok(value !== undefined || findings.all.length > 0, "neither a value nor a finding");
  assert.ok(formatDiagnostics(findings.sorted()).length >= 0);
  for (const each of findings.sorted()) assert.ok(JSON.stringify(toJson(each)).length > 0);
}

describe("property: garbage", function () {
  configureRuns(this);

  for (const kind of KINDS) {
    it(`never breaks the parsing of a ${kind}`, () => {
      fc.assert(fc.property(anything, (args) => check(kind, args)));
    });
  }

  it("in one place of valid arguments is reported", () => {
    fc.assert(
      fc.property(parsableArgs, anything, fc.array(fc.nat(), { maxLength: 9 }), (args, garbage, pick) => {
        const spoilt = spoil(args, garbage, [pick[0] ?? 0, ...pick]) as ModelArgs;
        for (const kind of KINDS) {
          const resources: unknown = spoilt[kind];
          if (typeof resources === "object" && resources !== null)
            for (const each of Object.values(resources)) check(kind, each);
        }
      }),
    );
  });

  it("in a model file never breaks reading and compiling", () => {
    const broken = fc.oneof(
      fc.string(),
      fc.json(),
      parsableArgs
        .chain((args) => fc.tuple(fc.constant(JSON.stringify(args)), fc.nat(), fc.string()))
        .map(([text, at, garbage]) => text.slice(0, at % text.length) + garbage + text.slice(at % text.length)),
    );
    fc.assert(
      fc.property(broken, (text) => {
        const { model, diagnostics } = readModelFile(text, "model.yaml");
        const compiled = compile(model, { found: diagnostics });
        assert.ok(formatDiagnostics(compiled.diagnostics).length >= 0);
        if (hasErrors(compiled.diagnostics)) assert.deepEqual(compiled.objects, []);
      }),
    );
  });
});
