/** Odd model files: each raises a finding with a position or is read as data, and nothing is dropped silently. */
import assert from "node:assert/strict";
import { compileModelText } from "../../../sdk/nodejs/src/cli/source.js";
import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { formatDiagnostics } from "../../../sdk/nodejs/src/diagnostics/format.js";

const CLUSTERS = "fleets: { prod: { clusters: [{ name: east }] } }";

const WEB = `
virtualGateways:
  web: { fleet: prod, namespace: gateways, workloads: { labels: { istio: ingressgateway } }, listeners: [{ port: 80 }] }
`;

function table(more: string, name = "shop"): string {
  const shop = `fleet: prod, hosts: [shop.example.com], virtualGateways: [web]`;
  return `${CLUSTERS}\n${WEB}routeTables:\n  ${name}: { ${shop}, ${more} }\n`;
}

const OK = "http: [{ name: ok, directResponse: { status: 200 } }]";

/** Returns the code of each finding, and the text at its position. */
function found(text: string): [string, string][] {
  const lines = text.split(/\r\n|\n|\r/);
  return compileModelText("model.yaml", text).diagnostics.map(({ code, place }) => {
    assert.ok(place !== undefined, code);
    return [code, (lines[place.line - 1] ?? "").slice(place.column - 1).split(/[\s,:}\]]/)[0] ?? ""];
  });
}

function messages(text: string): string {
  return formatDiagnostics(compileModelText("model.yaml", text).diagnostics);
}

describe("odd model files", () => {
  it("are read in full", () => {
    assert.deepEqual(found(table(OK)), []);
  });

  it("have a position for each finding, through aliases and merge keys, in JSON, and with any line endings", () => {
    const listed = `${CLUSTERS}
virtualGateways:
  one: &gateway
    fleet: prod
    namespace: gate ways
    workloads: { labels: { a: b } }
    listeners: &list
      - port: 99999
  two: *gateway
  three:
    <<: *gateway
    namespace: gateways
    listeners: *list
`;
    const expected = [
      ["MW0104", "port"],
      ["MW0110", "namespace"],
      ["MW0104", "port"],
      ["MW0104", "port"],
      ["MW0110", "namespace"],
    ].sort();
    for (const text of [listed, listed.replaceAll("\n", "\r\n"), listed.replaceAll("\n", "\r"), `\uFEFF${listed}`])
      assert.deepEqual(found(text.replace(/^\uFEFF/, "")).sort(), expected);
    const json = '{"fleets":\t{"prod": {"clusters": [{"name": "e\\"ast", "x\\u0041": 1}]}}}';
    assert.deepEqual(found(json), [
      ["MW0110", '"name"'],
      ["MW0101", '"x\\u0041"'],
    ]);
  });

  it("have a position for findings of checks, in their table", () => {
    const text = table("http: [{ name: ok, forwardTo: { destinations: [{ virtualDestination: nobody }] } }]");
    assert.deepEqual(found(text), [["MW0107", "virtualDestination"]]);
    assert.match(messages(text), /\n {2}in model\.yaml:6:\d+\n/);
  });

  it("have all duplicate keys reported, and none of them used", () => {
    const text = "fleets:\n  a: {}\n  b: { clusters: [], clusters: [] }\n  a: {}\nfleets: {}\n";
    assert.deepEqual(found(text), [
      ["MW0903", "clusters"],
      ["MW0903", "a"],
      ["MW0903", "fleets"],
    ]);
  });

  it("have references of the wrong kind explained", () => {
    for (const [ref, said] of [
      ["{ kind: Fleet, name: web }", "found Fleet `web`, expected the VirtualGateway"],
      ["{ kind: VirtualGateway }", "found a `$ref` without kind and name"],
      ["{ kind: { toString: 1 }, name: [] }", "found a `$ref` without kind and name"],
      ["null", "found a `$ref` without kind and name"],
      ["web", "found a `$ref` without kind and name"],
      ["[]", "found a `$ref` without kind and name"],
      ['{ kind: "a\\e[31mb", name: x }', "found `a\\\\u001b[31mb` `x`"],
    ] as const) {
      const text = table(OK).replace("[web]", `[{ $ref: ${ref} }]`);
      const gateways = messages(text);
      assert.ok(gateways.includes("MW0109"), gateways);
      assert.ok(gateways.includes(said.replaceAll("\\\\", "\\")), gateways);
      assert.doesNotMatch(gateways, /undefined|object Object/);
      assert.deepEqual(
        found(text.replace("[{ $ref", "[ { $ref")).map(([code]) => code),
        ["MW0109"],
      );
    }
  });

  it("treat JavaScript's built-in names as data, or reject them", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty", "valueOf", "prototype"]) {
      assert.deepEqual(found(table(OK, name)), [], name);
      assert.deepEqual(found(`${name}: {}`), [["MW0101", name]]);
      assert.deepEqual(found(table(`${OK}, ${name}: 1`)), [["MW0101", name]]);
      assert.deepEqual(found(table(OK).replace("istio: ingressgateway", `${name}: x`)), [], name);
      assert.deepEqual(found(table(OK).replace("[web]", `[${name}]`)), [["MW0107", name]]);
    }
    const { objects } = compileModelText("model.yaml", table(OK, "constructor"));
    assert.ok(objects.some(({ object }) => object.metadata.name === "constructor--web"));
  });

  it("never lose __proto__", () => {
    assert.deepEqual(found("__proto__: {}"), [["MW0101", "__proto__"]]);
    for (const text of [
      table(`${OK}, __proto__: { hosts: [] }`),
      table("http: [{ name: ok, __proto__: {}, directResponse: { status: 200 } }]"),
      table("http: [{ name: ok, directResponse: { status: 200, __proto__: 1 } }]"),
      table(OK).replace("istio: ingressgateway", "istio: ingressgateway, __proto__: x"),
      table(`${OK}, labels: { __proto__: x }`),
      table(OK).replace("name: east", "name: east, __proto__: {}"),
    ])
      assert.ok(
        found(text).some(([code, at]) => code === "MW0101" && at === "__proto__"),
        messages(text),
      );
    assert.match(
      messages(table(OK).replace("a: b", "").replace("istio: ingressgateway", "__proto__: x")),
      /remove it: no map can have this key/,
    );
    // it is a valid name of a resource
    assert.deepEqual(found(table(OK, "__proto__")), []);
    const { objects } = compileModelText("model.yaml", table(OK, "__proto__"));
    assert.equal(objects.filter(({ maker }) => maker.name === "__proto__").length, 1);
  });

  it("hide fields that only Meshway sets", () => {
    for (const [text, field] of [
      [table(OK).replace("name: east", "name: east, undecided: [mesh]"), "undecided"],
      [table(OK).replace("name: east", 'name: east, undecided: ["network"]'), "undecided"],
      [table(`${OK}, undecided: [1]`), "undecided"],
      [table(`${OK}, problems: []`), "problems"],
    ] as const) {
      assert.deepEqual(found(text), [["MW0101", field]]);
      assert.doesNotMatch(messages(text), /known fields here.*undecided/);
    }
  });

  it("have non-finite numbers rejected by name", () => {
    for (const number of [".inf", "-.inf", ".nan", "1e400", "1.5", "12345678901234567890123"]) {
      const text = table("http: [{ name: ok, directResponse: { status: NUMBER } }]").replace("NUMBER", number);
      assert.ok(found(text).length > 0, number);
      for (const [, at] of found(text)) assert.equal(at, "status");
      assert.doesNotMatch(messages(text), /null/);
    }
    assert.match(messages(table(OK).replace("port: 80", "port: .inf")), /Infinity/);
    assert.match(messages(table(OK).replace("port: 80", "port: .nan")), /NaN/);
  });

  it("have deep nesting and cycles reported at their position", () => {
    const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    assert.deepEqual(
      found(table(`${OK}, x: ${deep(90)}`)).map(([code]) => code),
      ["MW0101"],
    );
    for (const text of [
      `a: ${deep(150)}`,
      `{"a": ${deep(150)}}`,
      deep(100_000),
      `a:\n${Array.from({ length: 150 }, (_, at) => `${" ".repeat(at)}- `).join("\n")}`,
    ]) {
      const [first] = compileModelText("m", text).diagnostics as [Diagnostic];
      assert.match(
        (first.facts as { reason: string }).reason,
        /^line \d+, column \d+: it is nested too deep, expected at most 100 levels$/,
      );
    }
    const chain = Array.from(
      { length: 12 },
      (_, at) => `a${at}: &a${at} ${"[".repeat(20)}${at === 0 ? "x" : `*a${at - 1}`}${"]".repeat(20)}`,
    );
    assert.match(messages(chain.join("\n")), /nested too deep once its aliases are written out/);
    assert.deepEqual(found("fleets:\n  a: &a\n    clusters: [*a]\n"), [["MW0903", "*a"]]);
    assert.deepEqual(found("a: *b\n"), [["MW0903", "*b"]]);
  });

  it("are printed without terminal escapes", () => {
    const evil = "\\e]0;x\\a\\u009b31m\\u202e\\u2028\\r\\n";
    for (const text of [
      table(OK, `"${evil}"`).replace("shop.example", "sh op.example"),
      table(`${OK}, "${evil}": 1`),
      `"${evil}": 1`,
      table(OK).replace("shop.example.com", `"${evil}"`),
      table(OK).replace("[web]", `["${evil}"]`),
      table(OK).replace("name: ok", `name: "${evil}"`).replace("status: 200", "status: 2"),
      `a: !${"%1b"}x 1`,
    ]) {
      const said = messages(text);
      assert.match(said, /MW\d{4}/);
      assert.doesNotMatch(said, /[^\P{Cc}\n]|\p{Cf}|[\u2028\u2029]/u);
    }
  });

  it("with excessive lengths are not checked further", () => {
    const many = (count: number): string => Array(count).fill("x.example.com").join(",");
    assert.deepEqual(found(table(OK).replace("[shop.example.com]", `[${many(20_001)}]`)), [["MW0104", "hosts"]]);
    const [first] = compileModelText("m", table(OK).replace("[shop.example.com]", `[${many(20_001)}]`)).diagnostics as [
      Diagnostic,
    ];
    assert.deepEqual(first.facts, { found: 20_001, maximum: 20_000, unit: "entries" });
  });
});
