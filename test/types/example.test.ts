/** Mistakes in a program are compiler errors, at the field. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";

const EXAMPLE = resolve("examples/two-clusters/index.ts");
const SOURCE = readFileSync(EXAMPLE, "utf8");

/** Files shared by all variants, parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Returns the compiler's messages about a variant of the example. */
function check(text: string): readonly string[] {
  const config = ts.readConfigFile(resolve("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, resolve("."));
  const own = { ...options, noEmit: true, paths: { meshway: [resolve("sdk/nodejs/src/index.ts")] } };
  const host = ts.createCompilerHost(own);
  const original = host.getSourceFile;
  host.getSourceFile = (file, language, ...rest) => {
    if (file === EXAMPLE) return ts.createSourceFile(file, text, language);
    if (!parsed.has(file)) parsed.set(file, original(file, language, ...rest));
    return parsed.get(file);
  };
  const program = ts.createProgram({ rootNames: [EXAMPLE], options: own, host });
  const source = program.getSourceFile(EXAMPLE);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
  );
}

function variant(from: string, to: string): string {
  assert.ok(SOURCE.includes(from), `the example has no \`${from}\``);
  return SOURCE.replace(from, to);
}

describe("types of the example", function () {
  this.timeout(300_000);

  it("accept it unchanged", () => {
    assert.deepEqual(check(SOURCE), []);
  });

  for (const [title, from, to, expected] of [
    ["a misspelled field", "virtualGateways: [web]", "virtualGateway: [web]", /virtualGateways?\b/],
    [
      "a string where a number belongs",
      "weight: 90",
      'weight: "90"',
      /Type 'string' is not assignable to type .*number/,
    ],
    ["a missing field", 'hosts: ["reviews.global"],', "", /'hosts' is missing/],
    ["a value outside the enum", 'mode: "SIMPLE"', 'mode: "SIMPEL"', /"SIMPEL"/],
    ["a reference to another kind", "virtualGateways: [web]", "virtualGateways: [5]", /VirtualGatewayReference/],
    ["a misspelled nested field", "directResponse: { status: 200", "directResponse: { statuss: 200", /statuss/],
  ] as const) {
    it(`reject ${title}`, () => {
      const messages = check(variant(from, to));
      assert.ok(messages.length > 0, "the compiler accepts it");
      assert.match(messages.join("\n"), expected);
    });
  }
});
