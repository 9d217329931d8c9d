/** docs/refused-texts.md documents what only Meshway rejects, in the test's own words. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXPLAINED } from "../refusals/support/explained.js";

describe("docs/refused-texts.md", () => {
  const text = readFileSync(resolve(__dirname, "../../docs/refused-texts.md"), "utf8");

  it("has every reason, and no other", () => {
    const rows = Array.from(text.matchAll(/^\| (MW\d{4}) \| (.*) \|$/gm), ([, code, reason]) => `${code} ${reason}`);
    assert.deepEqual(rows.sort(), EXPLAINED.map(({ code, reason }) => `${code} ${reason}`).sort());
  });
});
