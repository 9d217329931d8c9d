/** Invariants of every model, whatever a user writes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import { formatDiagnostics } from "../../sdk/nodejs/src/diagnostics/format.js";
import { modelFrom, parsableArgs } from "../support/arbitraries/model.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { forCheckedModels } from "../support/checked-models.js";

describe("property: rendering", function () {
  configureRuns(this);

  it("never throws on a model that can be parsed, and every finding can be formatted", () => {
    fc.assert(
      fc.property(parsableArgs, (args) => {
        const { diagnostics, objects } = compile(modelFrom(args));
        assert.ok(formatDiagnostics(diagnostics).length >= 0);
        if (hasErrors(diagnostics)) assert.deepEqual(objects, []);
      }),
    );
  });

  it("renders every model that passes the checks", () => {
    forCheckedModels(({ compiled: { diagnostics, plan } }) => {
      assert.ok(!hasErrors(diagnostics), formatDiagnostics(diagnostics));
      assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
    });
  });
});
