/** Every finding that Meshway can raise has a golden case, or a test named in `raised-elsewhere.ts`. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Code, catalog } from "../../sdk/nodejs/src/diagnostics/catalog.js";
import { CASES, goldenCases } from "../support/golden-case.js";
import { ELSEWHERE } from "./raised-elsewhere.js";

const ROOT = resolve(__dirname, "../..");

describe("catalog", () => {
  const goldens = goldenCases().map((name) => {
    const file = join(CASES, name, "diagnostics.txt");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  });

  for (const code of Object.keys(catalog) as Code[]) {
    const elsewhere = ELSEWHERE[code];
    it(`${code} is raised by ${elsewhere ?? "a golden case"}`, () => {
      const raised = goldens.some((text) => text.includes(`[${code}]`));
      if (elsewhere === undefined) assert.ok(raised, `no golden case raises ${code}`);
      else {
        assert.ok(!raised, `a golden case raises ${code}: remove it from ELSEWHERE`);
        assert.match(readFileSync(join(ROOT, elsewhere), "utf8"), new RegExp(code));
      }
    });
  }
});
