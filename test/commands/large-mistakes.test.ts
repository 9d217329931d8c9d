/** A model file with a megabyte of mistakes is refused with little memory and few lines, whatever the mistakes are. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const CLI = resolve("sdk/nodejs/bin/cli/main.js");

const SIZE = 1_000_000;

/** Repeats a part until it fills a megabyte. */
function filled(part: (index: number) => string): string {
  const parts: string[] = [];
  for (let size = 0; size < SIZE; ) {
    const next = part(parts.length);
    parts.push(next);
    size += next.length;
  }
  return parts.join("");
}

const HEAD = `fleets:
  prod: { clusters: [{ name: east }, { name: west }] }
virtualGateways:
  web: { fleet: prod, namespace: gateways, workloads: { labels: { istio: ingressgateway } }, listeners: [{ port: 80 }] }
`;

const table = (name: string, more: string): string =>
  `  ${name}: { fleet: prod, hosts: [${name}.example.com], virtualGateways: [web], ${more} }\n`;
const ok = "http: [{ name: ok, directResponse: { status: 200 } }]";
const routesTo = (destination: string): string =>
  `http: [{ name: ok, forwardTo: { destinations: [{ virtualDestination: ${destination} }] } }]`;
const gateway = (name: string): string =>
  `  ${name}: { fleet: prod, namespace: g, workloads: { labels: { a: b } }, listeners: [{ port: 80 }] }\n`;

const unreached = filled((at) => `{ name: r${at}, directResponse: { status: 200, bdy: 1 } },`);
const wrongLabels = filled((at) => `"?${at}": "?",`);
const openGroups = `matchers: [{ uri: { regex: "${filled(() => "(a|")}" } }]`;
const wrongRoutes = filled(() => "{forwardTo:{destinations:[{},{},{},{}]},a:1},");

/** Texts by name, with the least number of findings that must be reported or counted. */
const MISTAKES: Readonly<Record<string, { readonly text: string; readonly least: number }>> = {
  "of many kinds": {
    text: `${HEAD}routeTables:\n${filled(
      (at) =>
        `  t${at}:\n    fleet: prd\n    hosts: [a${at}.example.com, "x y"]\n    nme${at}: 3\n` +
        "    virtualGateways: [wb]\n    http: [{ nam: x, foo: { bar: [1] } }]\n",
    )}`,
    least: 20_000,
  },
  "of unknown sections": { text: filled((at) => `k${at}: 1\n`), least: 100_000 },
  "of keys written twice": { text: filled(() => "a: 1\n"), least: 20_000 },
  "of keys of JSON written twice": { text: `{${filled(() => '"a":1,')}"b":1}`, least: 20_000 },
  "of resources that lack everything": { text: `virtualGateways:\n${filled((at) => `  a${at}: {}\n`)}`, least: 20_000 },
  "of nothing in place of resources": { text: `virtualDestinations:\n${filled((at) => `  a${at}:\n`)}`, least: 20_000 },
  "of references to nothing": {
    text: `${HEAD}routeTables:\n${filled((at) => table(`t${at}`, routesTo(`vd${at}`)))}`,
    least: 6000,
  },
  "of hosts claimed twice": {
    text: `${HEAD}routeTables:\n${filled((at) => table(`t${at}`, ok).replace(/\[t\d+\.example/, "[x.example"))}`,
    least: 7000,
  },
  "of routes that are never reached": {
    text: `${HEAD}routeTables:\n${table("t", `http: [${unreached.slice(0, SIZE - 60)} } }]`)}`,
    least: 1,
  },
  "of wrong entries": { text: `${HEAD}routeTables:\n  t: { hosts: [${filled(() => "0,")}] }\n`, least: 1 },
  "of wrong labels": {
    text:
      "fleets:\n  prod: { clusters: [{ name: east, " +
      `eastWestGateway: { addresses: [192.0.2.1], labels: {${wrongLabels}} } }] }\n`,
    least: 1,
  },
  "of routes of which nothing is right": {
    text: `${HEAD}routeTables:\n${table("t", `http: [${wrongRoutes.slice(0, 45 * 14_900)}{ } ]`)}`,
    least: 1,
  },
  "of the key __proto__": {
    text: `{"routeTables":{${filled((at) => `"t${at}":{"__proto__":{}},`)}"x":{}}}`,
    least: 20_000,
  },
  "of open brackets": { text: filled(() => "["), least: 1 },
  "of lists in lists": { text: `${"[".repeat(SIZE / 2)}${"]".repeat(SIZE / 2)}`, least: 1 },
  "of an open quotation": { text: `a: "${filled(() => "x ")}`, least: 1 },
  "of aliases to nothing": { text: `a: [${filled(() => "*a,")}x]\n`, least: 1 },
  "of aliases": { text: `a: &a [${"x,".repeat(1000)}x]\nb: [${filled(() => "*a,")}x]\n`, least: 1 },
  "of merge keys": { text: `a: &a { x: 1 }\nb: [${filled(() => "{<<: *a},")}x]\n`, least: 1 },
  "of a key": { text: `${filled(() => "k")}: 1\n`, least: 1 },
  "of a name": {
    text: `${HEAD}routeTables:\n${table("t", routesTo(filled(() => "v")))}`,
    least: 1,
  },
  "of a host": {
    text: `${HEAD}routeTables:\n${table("t", ok).replace("t.example", `${filled(() => "a.")}example`)}`,
    least: 1,
  },
  "of an expression": {
    text: `${HEAD}routeTables:\n${table("t", ok.replace("name: ok", `name: ok, ${openGroups}`))}`,
    least: 1,
  },
  "of tabs": { text: filled((at) => `\t- a${at}\n`), least: 1 },
  "of unknown tags": { text: filled((at) => `k${at}: !x 1\n`), least: 1 },
  "of blanks": { text: filled(() => " "), least: 1 },
  "of zeros": { text: filled(() => "\0"), least: 1 },
  "of escapes": { text: `{"a":{"${filled(() => "\\u001b[31m")}":1}}`, least: 1 },
};

/** Thousands of misspelled references among thousands of names. */
const NEARLY = `fleets: { prod: { clusters: [{ name: east }] } }
virtualGateways:
${Array.from({ length: 3000 }, (_, at) => gateway(`gateway-${at}`)).join("")}routeTables:
${Array.from({ length: 3000 }, (_, at) => table(`t${at}`, ok).replace("[web]", `[gatewax-${at}]`)).join("")}`;

describe("a model file of a megabyte", () => {
  let folder: string;
  const figures: string[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-large-"));
    writeFileSync(
      join(folder, "measure.cjs"),
      "process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); " +
        "console.error('cpu', (userCPUTime + systemCPUTime) / 1e6, 'rss', maxRSS); })",
    );
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    console.log(figures.join("\n"));
  });

  for (const [name, { text, least }] of Object.entries(MISTAKES)) {
    it(name, () => {
      const file = join(folder, text.startsWith("{") ? "model.json" : "model.yaml");
      writeFileSync(file, text);
      const started = Date.now();
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--require", join(folder, "measure.cjs"), CLI, "render", file, "--out", join(folder, "out")],
        { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
      );
      const seconds = (Date.now() - started) / 1000;
      assert.deepEqual([status, stdout], [1, ""], stderr.slice(0, 2000));
      const megabytes = Math.ceil(Number(/rss (\d+)\n$/.exec(stderr)?.[1]) / 1024);
      const lines = stderr.split("\n").length - 2;
      const told = Number(/^(\d+) errors?(?:, \d+ warnings?)?: nothing rendered$/m.exec(stderr)?.[1]);
      const cpu = Number(/^cpu (\S+)/m.exec(stderr)?.[1]).toFixed(1);
      figures.push(
        `      ${name}: ${seconds.toFixed(1)} s (${cpu} s of CPU), ${megabytes} MB, ${lines} lines, ${told} errors`,
      );
      assert.ok(told >= least, `${told} errors`);
      assert.ok(lines <= 50 * 6 + 4 && stderr.length < 200_000, `${lines} lines of ${stderr.length} characters`);
      assert.ok(megabytes < 300, `${megabytes} MB`);
    });
  }

  it("is reported as JSON with as little memory, and in full", () => {
    const file = join(folder, "model.yaml");
    writeFileSync(file, NEARLY);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", join(folder, "measure.cjs"), CLI, "render", file, "--json"],
      { encoding: "utf8", maxBuffer: 1 << 30 },
    );
    assert.equal(status, 1);
    const { findings } = JSON.parse(stdout) as { findings: { help: string; facts: { known: string[] } }[] };
    assert.equal(findings.length, 3000);
    for (const { help, facts } of findings) {
      assert.match(help, /^did you mean `gateway-\d+`/);
      assert.equal(facts.known.length, 100);
    }
    const megabytes = Math.ceil(Number(/rss (\d+)\n$/.exec(stderr)?.[1]) / 1024);
    figures.push(
      `      nearly right, as JSON: ${megabytes} MB, ${findings.length} findings in ${stdout.length} characters`,
    );
    assert.ok(megabytes < 300, `${megabytes} MB`);
  });
});
