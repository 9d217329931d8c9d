/** Every finding that Meshway can raise has a golden case, or a test that is named here. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Code, catalog } from "../../sdk/nodejs/src/diagnostics/catalog.js";
import { CASES, goldenCases } from "../support/golden-case.js";

const ROOT = resolve(__dirname, "../..");

/** Codes that no model file can raise, and the test that raises each. */
const ELSEWHERE: Partial<Record<Code, string>> = {
  MW0108: "test/resources/findings.test.ts",
  MW0492: "test/unit/check/listener-policies.test.ts",
  MW0514: "test/resources/findings.test.ts",
  MW0529: "test/unit/check/names-and-subsets.test.ts",
  MW0531: "test/resources/last-checks.test.ts",
  MW0540: "test/e2e/nothing-lost.test.ts",
  MW0541: "test/e2e/nothing-lost.test.ts",
  MW0542: "test/e2e/nothing-lost.test.ts",
  MW0543: "test/e2e/nothing-lost.test.ts",
  MW0544: "test/e2e/nothing-lost.test.ts",
  MW0545: "test/e2e/nothing-lost.test.ts",
  MW0546: "test/e2e/nothing-lost.test.ts",
  MW0547: "test/e2e/nothing-lost.test.ts",
  MW0550: "test/e2e/moves.test.ts",
  MW0551: "test/e2e/ways.test.ts",
  MW0552: "test/resources/narrowed.test.ts",
  MW0553: "test/e2e/moves.test.ts",
  MW0554: "test/e2e/nothing-lost.test.ts",
  MW0555: "test/e2e/killed-run.test.ts",
  MW0901: "test/resources/last-checks.test.ts",
  MW0902: "test/commands/cli.test.ts",
  MW0904: "test/commands/cli.test.ts",
};

describe("catalogue", () => {
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
