import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { OMISSIONS } from "../../scripts/recipe-omissions.js";

describe("the recipe for a policy", () => {
  for (const { step, what, edit } of OMISSIONS) {
    it(`has something to leave out in step ${step}: ${what}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "recipe-"));
      const copied = (file: string): string => {
        const copy = join(folder, file);
        mkdirSync(dirname(copy), { recursive: true });
        if (!existsSync(copy)) cpSync(file, copy, { recursive: true });
        return copy;
      };
      try {
        // throws unless the tree has what it removes
        edit(copied);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
