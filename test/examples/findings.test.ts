/** Runs `meshway render` on every example. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { planSource } from "../../sdk/nodejs/src/cli/plan-source.js";

describe("examples", () => {
  // the app team's stack needs the outputs of the other one
  const alone = (name: string): string => (name === "operators-and-apps" ? `${name}/operators` : name);
  for (const name of readdirSync("examples").map(alone))
    it(`${name} has no findings`, async () => {
      const { diagnostics, failure } = await planSource(`./examples/${name}`, undefined);
      assert.equal(failure, undefined);
      assert.deepEqual(diagnostics, []);
    });
});
