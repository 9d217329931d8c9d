import type { Code } from "../../sdk/nodejs/src/diagnostics/catalog.js";

/** Codes that no model file can raise, and the test that raises each. */
export const ELSEWHERE: Partial<Record<Code, string>> = {
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
  MW0901: "test/resources/last-checks.test.ts",
  MW0902: "test/commands/cli.test.ts",
  MW0904: "test/commands/cli.test.ts",
};
