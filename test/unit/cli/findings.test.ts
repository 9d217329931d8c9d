/** `meshway render` reports the findings of every golden case, as text and JSON, with the matching exit code. */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { runCommand } from "../../../sdk/nodejs/src/cli/command.js";
import { MAX_PRINTED } from "../../../sdk/nodejs/src/cli/print.js";
import type { Sink } from "../../../sdk/nodejs/src/cli/sink.js";
import { CASES, expectedOf, goldenCases } from "../../support/golden-case.js";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the CLI in this process. */
async function run(...args: readonly string[]): Promise<Said> {
  const said = { out: "", err: "" };
  const sink = (to: "out" | "err"): Sink => ({
    isTerminal: false,
    write: async (text) => {
      said[to] += text;
    },
  });
  return { code: await runCommand(args, { out: sink("out"), err: sink("err") }), ...said };
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
      const err = text.err.replaceAll(/^ {2}in \S+:\d+:\d+\n/gm, "");
      if (findings.length <= MAX_PRINTED) return assert.ok(err.startsWith(expected), err);
      const shown = err.split("\n\n").filter((each) => /^(?:error|warning)\[/.test(each));
      assert.equal(shown.length, MAX_PRINTED);
      for (const each of shown) assert.ok(expected.includes(each), each);
      const rest = /^and (.*) more; --json lists all of them$/m.exec(err)?.[1] ?? "";
      const counts = [...rest.matchAll(/\d+/g)].map(([count]) => Number(count));
      assert.equal(
        counts.reduce((sum, each) => sum + each, 0),
        findings.length - MAX_PRINTED,
      );
    });
  }

  it("exist", () => {
    assert.ok(cases.length > 60, `${cases.length} cases`);
  });
});
