/** Every finding in a golden case has a position, at its subject or at the closest enclosing element. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic, Path } from "../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { CASES, goldenCases, runCase } from "../support/golden-case.js";

/** Findings about a missing field. */
const OF_ABSENT: readonly string[] = [
  "MW0103",
  "MW0109",
  "MW0227",
  "MW0305",
  "MW0310",
  "MW0451",
  "MW0502",
  "MW0521",
  "MW0528",
];

function lineAt(text: string, { place }: Diagnostic): string {
  const line = text.split("\n")[(place?.line ?? 0) - 1];
  return (line ?? "").slice((place?.column ?? 0) - 1);
}

/** Reports whether a line begins with a name, quoted or not; list entries have no name. */
function beginsWith(line: string, step: Path[number] | undefined): boolean {
  return typeof step !== "string" || line.replace(/^["']/, "").startsWith(step);
}

describe("positions of findings", () => {
  let found = 0;

  for (const name of goldenCases()) {
    const { diagnostics } = runCase(name);
    if (diagnostics.length === 0) continue;
    it(name, () => {
      const text = readFileSync(join(CASES, name, "in.yaml"), "utf8");
      for (const each of diagnostics) {
        found += 1;
        const { code, path, place, subject } = each;
        const label = `${code} at ${subject.kind} ${subject.name}, ${path.join(".")}`;
        assert.ok(place !== undefined && place.file === "in.yaml", `${label} has no place`);
        const line = lineAt(text, each);
        assert.notEqual(line.trim(), "", `${label} is past the end of line ${place.line}`);
        if (code === "MW0903") continue;
        const [inside, around] = [[subject.name, ...path].at(-1), [subject.name, ...path].at(-2)];
        const isThere =
          beginsWith(line, inside) ||
          (OF_ABSENT.includes(code) &&
            (around === undefined || beginsWith(line, around) || typeof around === "number"));
        assert.ok(
          isThere || (OF_ABSENT.includes(code) && beginsWith(line, path.at(-3) ?? subject.name)),
          `${label}: ${line}`,
        );
      }
    });
  }

  it("are many", () => {
    assert.ok(found > 500, `${found} findings`);
  });
});
