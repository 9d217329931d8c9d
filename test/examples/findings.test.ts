/** Every example, as `meshway render` sees it. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { planSource } from "../../sdk/nodejs/src/cli/plan-source.js";

describe("examples", () => {
  for (const name of readdirSync("examples"))
    it(`${name} has no findings`, async () => {
      const { diagnostics, failure } = await planSource(`./examples/${name}`, undefined);
      assert.equal(failure, undefined);
      assert.deepEqual(diagnostics, []);
    });
});
