/** `meshway render` gives the findings of every golden case, as text and as JSON, and the exit code that follows from them. */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { runCommand } from "../../../sdk/nodejs/src/cli/command.js";
import { CASES, expectedOf, goldenCases } from "../../support/golden-case.js";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
async function run(...args: readonly string[]): Promise<Said> {
  const said = { out: "", err: "" };
  const { log, error } = console;
  console.log = (text: string) => {
    said.out += `${text}\n`;
  };
  console.error = (text: string) => {
    said.err += `${text}\n`;
  };
  try {
    return { code: await runCommand(args), ...said };
  } finally {
    Object.assign(console, { log, error });
  }
}

describe("meshway render, findings", () => {
  const cases = goldenCases().filter((name) => expectedOf(name)["diagnostics.txt"] !== "");

  for (const name of cases) {
    it(name, async () => {
      const file = relative(".", join(CASES, name, "in.yaml"));
      const expected = (expectedOf(name)["diagnostics.txt"] ?? "").replaceAll("`in.yaml`", `\`${file}\``);
      const isRefused = expected.includes("error[");
      const json = await run("render", file, "--json");
      assert.equal(json.code, isRefused ? 1 : 0);
      const { findings, objects } = JSON.parse(json.out) as {
        readonly findings: readonly { readonly code: string; readonly at: string }[];
        readonly objects: number;
      };
      assert.deepEqual(
        findings.map(({ code }) => code),
        [...expected.matchAll(/^(?:error|warning)\[(MW\d{4})\]/gm)].map(([, code]) => code),
      );
      if (!isRefused) return assert.ok(objects > 0);
      assert.equal(objects, 0);
      const text = await run("render", file, "--out", join("nowhere", "at", "all"));
      assert.deepEqual([text.code, text.out], [1, ""]);
      assert.ok(text.err.startsWith(expected), text.err);
    });
  }

  it("are there", () => {
    assert.ok(cases.length > 60, `${cases.length} cases`);
  });
});
