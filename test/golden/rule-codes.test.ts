/** Rules raise exactly the codes that they declare, so that a code leads to its rule. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { regexCompiler } from "../../sdk/nodejs/src/check/regex.js";
import { rules } from "../../sdk/nodejs/src/check/rules.js";
import { readModelFile } from "../../sdk/nodejs/src/cli/model-file.js";
import type { Code } from "../../sdk/nodejs/src/diagnostics/catalog.js";
import { Findings } from "../../sdk/nodejs/src/diagnostics/report.js";
import { CASES, goldenCases } from "../support/golden-case.js";
import { ELSEWHERE } from "./raised-elsewhere.js";

describe("rules", () => {
  const raised = new Map(rules.map(({ name }) => [name, new Set<Code>()]));

  before(() => {
    for (const each of goldenCases()) {
      const file = join(CASES, each, "in.yaml");
      if (!existsSync(file)) continue;
      const { model } = readModelFile(readFileSync(file, "utf8"), "in.yaml");
      const claims = new Map<string, string>();
      for (const { name, check } of rules) {
        const findings = new Findings();
        check({ model, findings, claims, compileRegex: regexCompiler() });
        for (const { code } of findings.all) raised.get(name)?.add(code);
      }
    }
  });

  it("have unique names", () => {
    assert.equal(raised.size, rules.length);
  });

  for (const { name, codes } of rules)
    it(`${name} raises ${codes.join(", ") || "nothing"}`, () => {
      const seen = raised.get(name) ?? new Set();
      const wanted = codes.filter((code) => seen.has(code) || ELSEWHERE[code] === undefined);
      assert.deepEqual([...seen].sort(), [...wanted].sort());
    });
});
