import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SOURCE, sourceFiles } from "./support/source-files.js";

/** Nothing that programs write. */
const INTERNAL: readonly string[] = ["input"];

describe("arguments", () => {
  it("are all exported by the package", () => {
    const index = readFileSync(join(SOURCE, "index.ts"), "utf8");
    const exported = [...index.matchAll(/^export \* from "\.\/args\/([^"]+)\.js";$/gm)].map(([, name = ""]) => name);
    const written = sourceFiles()
      .filter((file) => file.startsWith(join(SOURCE, "args/")))
      .map((file) => basename(file, ".ts"));
    assert.deepEqual(exported.sort(), written.filter((name) => !INTERNAL.includes(name)).sort());
  });
});
