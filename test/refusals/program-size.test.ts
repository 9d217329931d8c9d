/** Regex programs are never larger in Envoy than our estimate, nor much smaller if there is nothing to merge. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { regexCompiler } from "../../sdk/nodejs/src/check/regex.js";
import { withExpression } from "./support/managers.js";

const BUILD_TIMEOUT = 20 * 60_000;
const SEED = Number(process.env["FC_SEED"] ?? 1);
const EXPRESSIONS = 1500;

const ATOMS = [
  ..."a k s é . ^ $ \\b \\pL \\PL \\pN \\w \\W \\d [a-z] [^a-z] [acegik] [[:punct:]]".split(" "),
  ..."[\\x{e0}-\\x{f0}] \\x{e9} \\p{Greek}".split(" "),
  ..."(?s:.) (?i:k) (?i:a) (?i:é) (?i:abc) (?i:[acegik]) (?i:\\x{e9}) (?i:\\x{b5}s) (?:) \\Qa.b\\E (?P<n>a)".split(" "),
];
const REPETITIONS = ["", "*", "+", "?", "*?", "{0}", "{1}", "{2}", "{7}", "{3,}", "{2,5}", "{0,4}"];

const expression = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...ATOMS),
    fc.tuple(tie("all"), tie("all")).map((both) => both.join("")),
    fc.array(tie("all"), { minLength: 2, maxLength: 3 }).map((ways) => `(?:${ways.join("|")})`),
    fc
      .tuple(tie("all"), fc.constantFrom(...REPETITIONS))
      .map(([of, times]) => `(${of.replaceAll("P<n>", "?:")})${times}`),
  ),
})).all;

describe("sizes of expressions", function () {
  this.timeout(BUILD_TIMEOUT);

  it(`of ${EXPRESSIONS} expressions made from seed ${SEED} are at least those of Envoy`, async () => {
    const { ensureDataPlaneParts } = await import("../lab/parts/ensure.js");
    const { judgeListeners } = await import("../lab/loopback-proxy/listener-judge.js");
    const { envoy: binary } = await ensureDataPlaneParts();
    const compile = regexCompiler();
    const sizes = new Map<string, number>();
    // only a repetition with a number triggers our size check
    for (const each of [...fc.sample(expression, { numRuns: EXPRESSIONS, seed: SEED }), ...LARGE]) {
      const pattern = `${each}b{1}`;
      const compiled = Buffer.byteLength(pattern) > 1024 ? { reason: "too long" } : compile(pattern);
      if ("size" in compiled && compiled.size !== undefined) sizes.set(pattern, compiled.size);
    }
    assert.ok(sizes.size > EXPRESSIONS / 2, `only ${sizes.size} expressions`);
    const patterns = [...sizes.keys()];
    const listeners = new Map(patterns.map((pattern, index) => [String(index), withExpression(pattern)]));
    const judged = await judgeListeners({ binary, listeners, largestProgram: 0 });
    const wrong = patterns.flatMap((pattern, index) => {
      const reason = judged.listeners.get(String(index)) ?? "";
      const size = Number(/program size of (\d+)/.exec(reason)?.[1]);
      return size <= (sizes.get(pattern) ?? 0) ? [] : [{ pattern, ours: sizes.get(pattern), reason }];
    });
    assert.deepEqual(wrong, []);
  });

  it("are exact for a repeated class", () => {
    const compiled = regexCompiler()("\\pL{1000}");
    assert.ok("size" in compiled);
    assert.equal(compiled.size, 7004);
  });
});

const LARGE = [
  "\\pL{1000}\\pL{1000}\\pL{1000}\\pL{1000}",
  "(?:.|[acegikmoqsuwy]){900}",
  "(?:a|bc|d*){100}",
  "(?:[acegikmoq0-9_.-]|abc){500}",
  "(?:a*){500}",
  "(?:(?:a?){20}){20}",
  "(\\w+\\.){200}",
  "^a{20}$",
];
