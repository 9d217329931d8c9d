import assert from "node:assert/strict";
import fc from "fast-check";
import { regexCompiler } from "../../../sdk/nodejs/src/check/regex.js";
import { canBe, canEndWith, canStartWith } from "../../../sdk/nodejs/src/check/sent-texts/automaton.js";
import { normalizedPath } from "../../../sdk/nodejs/src/check/sent-texts/normalized-path.js";
import { origin } from "../../../sdk/nodejs/src/check/sent-texts/origin.js";
import { queryName, queryValue } from "../../../sdk/nodejs/src/check/sent-texts/query-part.js";
import { normalizePath } from "../../../sdk/nodejs/src/model/normalize-path.js";
import { nastyPath, PATH_EXPRESSIONS } from "../../differential/arbitraries/texts.js";

const compile = regexCompiler();

/** Reports whether an expression may match a normalized path. */
function meetsPath(pattern: string): boolean {
  const compiled = compile(pattern);
  return "reason" in compiled || compiled.meets(normalizedPath);
}

describe("texts that requests can carry", () => {
  it("hold every path that normalization returns, and every beginning and end of it", () => {
    fc.assert(
      fc.property(nastyPath, fc.nat(), (sent, at) => {
        const path = normalizePath(sent);
        if (path === undefined || /[^!-~]/.test(path)) return;
        const cut = at % (path.length + 1);
        assert.ok(canBe(normalizedPath, path), `${sent} is ${path}`);
        assert.ok(canStartWith(normalizedPath, path.slice(0, cut)), `${path} begins with its first ${cut}`);
        assert.ok(canEndWith(normalizedPath, path.slice(cut)), `${path} ends with what follows its first ${cut}`);
      }),
      { numRuns: 3000 },
    );
  });

  it("hold no path that normalization changes, but for parameters of escaped dots", () => {
    fc.assert(
      fc.property(nastyPath, (path) => {
        const isEscapable = /\/\.\.?;/.test(path);
        if (canBe(normalizedPath, path) && !isEscapable) assert.equal(normalizePath(path), path);
      }),
      { numRuns: 3000 },
    );
  });

  // what Envoy 1.40 did with conditions on these paths
  for (const [text, whole, beginning] of [
    ["/..;x/b", true, true],
    ["/a/..", false, true],
    ["/a/../", false, false],
    ["/%7", true, true],
    ["/%7E", false, false],
    ["/%zz", true, true],
    ["/%%37E", false, false],
    ["/a%2fb", true, true],
    ["/a%00", false, false],
    ["/{id}", false, false],
    ["/a|b", false, false],
    ["/é", false, false],
    ["/a;x", true, true],
    ["//a", true, true],
  ] as const)
    it(`${whole ? "hold" : "don't hold"} the path ${text}`, () => {
      assert.equal(canBe(normalizedPath, text), whole);
      assert.equal(canStartWith(normalizedPath, text), beginning);
    });

  it("meet expressions that match one of them", () => {
    for (const pattern of Object.keys(PATH_EXPRESSIONS)) assert.ok(meetsPath(pattern), pattern);
    for (const pattern of ["/a\\?.*", "a/.*", "/\\{id\\}", "/%7E", "/a b", "/caf[éè]", "/x/\\.\\./y", "/\\\\", '/"'])
      assert.ok(!meetsPath(pattern), pattern);
    for (const pattern of ["/a\\??", "(a|/b)", "/[{x]", "/(%7E|~)", "/a.b", "/x/\\.\\.?.?/y", "/\\.\\.;x/", "(?i)/A"])
      assert.ok(meetsPath(pattern), pattern);
  });

  it("agree with RE2 on whatever path an expression matches", () => {
    fc.assert(
      fc.property(nastyPath, fc.constantFrom(...Object.keys(PATH_EXPRESSIONS)), (sent, pattern) => {
        const path = normalizePath(sent) ?? "";
        const compiled = compile(pattern);
        if (!("reason" in compiled) && compiled.matches(path)) assert.ok(compiled.meets(normalizedPath));
      }),
    );
  });

  it("give up on programs that are too large, in favor of the expression", () => {
    assert.ok(meetsPath("/[!-~]{1000}[!-~]{1000}\\?"));
  });

  it("hold parts of queries up to the next separator", () => {
    for (const text of ["a%20b", "a+b", "a?b", "%7Eu", "a=b", '"<>`|^\\{}', ""])
      assert.ok(canBe(queryValue, text), text);
    for (const text of ["a b", "a&b", "a#b", "é", "a\tb"]) assert.ok(!canBe(queryValue, text), text);
    assert.ok(!canBe(queryName, "a=b"));
  });

  it("hold origins as browsers send them", () => {
    for (const text of ["https://a.test", "http://[::1]:3000", "chrome-extension://abc"])
      assert.ok(canBe(origin, text), text);
    for (const text of [
      "https://a.test/",
      "a.test",
      "https://A.test",
      "https://u@a.test",
      "https://",
      "https://é.test",
    ])
      assert.ok(!canBe(origin, text), text);
  });
});
