/** Our table of Envoy's operators matches the lab's Envoy. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { problemsOfFormat } from "../../sdk/nodejs/src/model/envoy-format.js";
import { OPERATORS, READS_PROXY } from "../../sdk/nodejs/src/model/envoy-operators.js";
import { withHeader } from "./support/managers.js";

const BUILD_TIMEOUT = 20 * 60_000;

/** Arguments of every shape. */
const ARGUMENTS = ["", "x", "x:y", "x?y", "24", "NQ", "ORIG", "DYNAMIC:x", "A:B:ms", "%Y", "%n", "ALLOW_WHITESPACES"];

/** Envoy's error for a name that is no operator. */
const UNKNOWN = /Not supported field/;

/** Number of names from the binary per request to Envoy. */
const AT_ONCE = 5000;

describe("operators of Envoy", function () {
  this.timeout(BUILD_TIMEOUT);
  let binary: string;

  before(async () => {
    const { ensureDataPlaneParts } = await import("../lab/parts/ensure.js");
    binary = (await ensureDataPlaneParts()).envoy;
  });

  /** Returns Envoy's reasons for the header values that it refuses. */
  async function refused(values: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { judgeListeners } = await import("../lab/loopback-proxy/listener-judge.js");
    const listeners = new Map(values.map((value, index) => [String(index), withHeader(value)]));
    const judged = await judgeListeners({ binary, listeners });
    return new Map([...judged.listeners].map(([index, reason]) => [values[Number(index)] ?? "", reason]));
  }

  it("are accepted by Envoy in every form in which we accept them", async () => {
    const forms = [...OPERATORS].flatMap(([name, { example }]) => [
      `%${name}%`,
      `%${name}:5%`,
      ...[...ARGUMENTS, ...(example === undefined ? [] : [example])].map((argument) => `%${name}(${argument})%`),
    ]);
    const byEnvoy = await refused(forms);
    const ours = forms.filter((form) => problemsOfFormat(form).length === 0);
    assert.deepEqual(
      ours.filter((form) => byEnvoy.has(form)),
      [],
    );
    assert.ok(ours.length > OPERATORS.size, `only ${ours.length} forms`);
  });

  it("each have an example that they accept", () => {
    for (const [name, { alone, example }] of OPERATORS) {
      const form = example === undefined ? `%${name}%` : `%${name}(${example})%`;
      assert.deepEqual(problemsOfFormat(form), [], form);
      assert.equal(problemsOfFormat(`%${name}%`).length === 0, alone, name);
    }
  });

  it("are all in our table: no other name in Envoy's binary is an operator", async () => {
    const names = namesIn(binary);
    assert.ok(names.length > 5000, `${names.length} names`);
    const found: string[] = [];
    for (let first = 0; first < names.length; first += AT_ONCE) {
      const some = names.slice(first, first + AT_ONCE);
      const byEnvoy = await refused(some.map((name) => `%${name}%`));
      found.push(...some.filter((name) => !UNKNOWN.test(byEnvoy.get(`%${name}%`) ?? "")));
    }
    assert.deepEqual(
      found.filter((name) => !OPERATORS.has(name) && !READS_PROXY.has(name)),
      [],
    );
    assert.ok(found.includes("ENVIRONMENT"), "what reads the proxy is found too");
    assert.ok(found.length > 140, `${found.length} operators`);
  });
});

/** Returns strings of a binary that could be names of operators. */
function namesIn(binary: string): readonly string[] {
  const text = readFileSync(binary).toString("latin1");
  return [...new Set(Array.from(text.matchAll(/(?<![\w])[A-Z][A-Z0-9_]{2,60}(?!\w)/g), ([name]) => name))].sort();
}
