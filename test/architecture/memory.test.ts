import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SOURCE, sourceFiles } from "./support/source-files.js";

/** What may hold objects weakly: the helper that remembers results, and the registries of a program's resources. */
const WEAK = [
  "memo/memo.ts",
  "resources/adopted.ts",
  "resources/assemble.ts",
  "resources/entry.ts",
  "resources/outputs.ts",
];

describe("memory", () => {
  it("results are remembered by memo/memo.ts only", () => {
    const weak = sourceFiles().filter((file) => /new Weak(?:Map|Set)\b/.test(readFileSync(file, "utf8")));
    assert.deepEqual(
      weak,
      WEAK.map((file) => join(SOURCE, file)),
    );
  });
});
