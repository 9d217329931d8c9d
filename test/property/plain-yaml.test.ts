/** The fast reader of YAML agrees with the one that tells places, or leaves the text to it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { parse, parseDocument, stringify } from "yaml";
import { parsePlainYaml } from "../../sdk/nodejs/src/cli/parse-plain-yaml.js";
import { configureRuns } from "../support/arbitraries/runs.js";

/** Scalars that readers of YAML 1.1 and 1.2, or two of one version, take for different things. */
const ODD_SCALARS = (
  "yes no on off y n Yes NO true True TRUE tRUE false null Null NULL nULL ~ 0 -0 +1 01 0o17 0o8 0x1F 0xg 1_000 0b11 1:30 12e3 1e 1.e2 .5 5. " +
  ".inf -.Inf +.INF .nan .NaN nan 2001-12-14 2001-12-14T21:59:43Z 1.2.3 = << - -- -a a- a:b a#b http://a/b?c=d#e @a `a %a |a >a 'a' \"a\" 'it''s' \"\\u0041\""
).split(" ");

const scalar = fc.oneof(
  fc.constantFrom(...ODD_SCALARS),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(..."ab :#-,[]{}&*!|>'\"%@`\n\t ?"), maxLength: 8 }),
);

/** Texts put together as people write them. */
const written = fc
  .array(fc.tuple(fc.constantFrom("a", "b", "c d", "'q'", '"r"', "1", "null"), scalar, scalar), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lines) =>
    lines
      .map(([key, one, other], at) => `${key}${at}:\n  - ${one}\n  - {k: ${other}, l: [${one}, ${other}]} # note\n`)
      .join(""),
  );

function assertSame(text: string): void {
  const quick = parsePlainYaml(text);
  if (quick === undefined) return;
  const document = parseDocument(text, { merge: true, logLevel: "silent" });
  const [problem] = [...document.errors, ...document.warnings];
  // the fast one is less strict about lines inside of brackets that begin too far left
  if (problem) assert.equal(problem.code, "BAD_INDENT", text);
  else assert.deepEqual(quick.value, document.toJS(), text);
}

describe("property: plain YAML", function () {
  configureRuns(this);

  it("is read as by the reader that tells places, in texts as people write them", () => {
    // there is no end of odd punctuation: one seed holds what was found, FC_SEED looks for more
    fc.assert(fc.property(written, assertSame), { seed: Number(process.env["FC_SEED"] ?? 20261124) });
  });

  it("is read as it was written", () => {
    const value = fc.object({
      values: [scalar, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)],
    });
    fc.assert(
      fc.property(
        value,
        fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
        fc.boolean(),
        (object, type, flow) => {
          assertSame(stringify(object, { defaultStringType: type, collectionStyle: flow ? "flow" : "any" }));
        },
      ),
    );
  });

  it("is what model files mostly are, and read as before", () => {
    const files = readdirSync("test/golden/cases").map((name) =>
      readFileSync(`test/golden/cases/${name}/in.yaml`, "utf8"),
    );
    assert.ok(files.length > 60);
    for (const text of files) assertSame(text);
    assert.ok(files.filter((text) => parsePlainYaml(text) !== undefined).length > files.length / 2);
    assert.deepEqual(parsePlainYaml("a: [1, x]")?.value, parse("a: [1, x]"));
  });
});
