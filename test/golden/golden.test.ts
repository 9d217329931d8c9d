/**
 * Every case folder holds a model file and its results: plan, objects and findings.
 *
 * `UPDATE_GOLDEN=1` rewrites the outputs; review them like code.
 */
import assert from "node:assert/strict";
import { expectedOf, goldenCases, orphansOf, outputsOf, runCase, updateCase } from "../support/golden-case.js";

describe("golden", () => {
  const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

  it("are never rewritten if CI is set", () => {
    assert.ok(!(isUpdate && process.env["CI"]), "UPDATE_GOLDEN=1 is refused while CI is set");
  });

  for (const name of goldenCases()) {
    it(name, () => {
      const outputs = outputsOf(runCase(name));
      if (isUpdate && !process.env["CI"]) updateCase(name, outputs);
      assert.deepEqual(orphansOf(name), [], "files that no stage writes");
      const expected = expectedOf(name);
      for (const [file, text] of Object.entries(outputs))
        assert.equal(text, expected[file], `${name}/${file} differs; UPDATE_GOLDEN=1 npx mocha rewrites it`);
    });
  }
});
