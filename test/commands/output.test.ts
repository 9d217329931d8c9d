/** `meshway` when it is killed, when it can't write its output, and when it reads standard input. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Workplace } from "./support/cli.js";

const CLI = resolve("sdk/nodejs/bin/cli/main.js");
const KILL = resolve("test/commands/support/kill-at.cjs");

function model(tables: readonly string[], status: number, more = ""): string {
  const table = (name: string): string =>
    `  ${name}: { fleet: prod, hosts: [${name}.example.com], virtualGateways: [web], ` +
    `http: [{ name: ok, ${more}directResponse: { status: ${status} } }] }\n`;
  return `fleets:
  prod: { clusters: [{ name: east }, { name: west }] }
virtualGateways:
  web: { fleet: prod, namespace: gateways, workloads: { labels: { istio: ingressgateway } }, listeners: [{ port: 80 }] }
routeTables:
${tables.map(table).join("")}`;
}

const GOOD = model(["shop"], 200);
const WARNED = model(["shop"], 200, "matchers: [{ method: get }], ");
const WRONG = model(["shop"], 20);

describe("meshway, killed", () => {
  const at = new Workplace();

  function files(): Map<string, string> {
    const out = join(at.folder, "out");
    const paths = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
    return new Map(
      paths.filter((path) => /yaml/.test(path)).map((path) => [path, readFileSync(join(out, path), "utf8")]),
    );
  }

  it("leaves the old objects or the new ones at every change of files, and the next run succeeds", () => {
    at.write("old.yaml", model(["cart", "gone"], 200));
    at.write("new.yaml", model(["cart", "fresh"], 201));
    const render = (source: string) => at.run("render", source, "--out", "out");
    assert.equal(render("new.yaml").code, 0);
    const fresh = files();
    rmSync(join(at.folder, "out"), { recursive: true });
    assert.equal(render("old.yaml").code, 0);
    const old = files();
    let kills = 0;
    for (let step = 1; ; step++) {
      const { status, signal, stderr } = spawnSync(
        process.execPath,
        ["--require", KILL, CLI, "render", "new.yaml", "--out", join(at.folder, "out")],
        {
          cwd: at.folder,
          encoding: "utf8",
          env: { ...process.env, NO_COLOR: "1", KILL_AT: String(step), KILL_BELOW: join(at.folder, "out") },
        },
      );
      if (signal === null) {
        assert.equal(status, 0, stderr);
        break;
      }
      kills += 1;
      const now = files();
      for (const [path, text] of now)
        if (path.endsWith(".yaml"))
          assert.ok(text === old.get(path) || text === fresh.get(path), `step ${step}: ${path}`);
      const isOld = [...old.keys()].every((path) => now.has(path));
      const isNew = [...fresh].every(([path, text]) => now.get(path) === text);
      assert.ok(isOld || isNew, `step ${step}: ${[...now.keys()].join(", ")}`);
      // every other killed run leaves its files for the next one
      if (step % 2 === 0) {
        assert.equal(render("old.yaml").code, 0);
        assert.deepEqual(files(), old, `after step ${step}`);
      }
    }
    assert.deepEqual(files(), fresh);
    assert.ok(kills > 20, `${kills} kills`);
    console.log(`      killed at ${kills} changes`);
  });
});

describe("meshway, whose output can't be written", () => {
  const at = new Workplace();

  /** Runs a command in a shell, for its redirections; returns meshway's own exit code. */
  function shell(command: string): { readonly code: number | null; readonly out: string; readonly err: string } {
    const script = command.replace(/meshway/g, `"${process.execPath}" "${CLI}"`);
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
      cwd: at.folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: status, out: stdout, err: stderr };
  }

  beforeEach(() => {
    at.write("good.yaml", GOOD);
    at.write("warned.yaml", WARNED);
    at.write("wrong.yaml", WRONG);
  });

  const ASK = "GET http://shop.example.com/";
  const ON_OUT = [
    "render good.yaml --out out",
    "render good.yaml --json",
    "render good.yaml --json --out out",
    "render wrong.yaml --json",
    `explain good.yaml ${ASK}`,
    `explain good.yaml ${ASK} --json`,
    `explain wrong.yaml ${ASK} --json`,
    "--help",
    "render --help",
    "--version",
  ];
  const ON_ERR = [
    "render wrong.yaml --out out",
    "render warned.yaml --out out",
    "render nothing.yaml --out out",
    "render good.yaml --out /proc/x",
    `explain wrong.yaml ${ASK}`,
    `explain good.yaml GET nowhere`,
    "rendre",
  ];

  for (const command of ON_OUT) {
    it(`ends with an error: ${command}`, () => {
      const full = shell(`meshway ${command} > /dev/full`);
      assert.equal(full.code, 1);
      assert.match(full.err, /^error: standard output can't be written: ENOSPC: no space left on device, write\n$/);
    });
  }

  it("ends with an error when nobody reads the output", () => {
    for (const command of ON_OUT) {
      // the reader exits before the writer starts
      const { code, err } = shell(`exec 3> >(exec true); wait $!; meshway ${command} >&3`);
      assert.deepEqual([code, err], [1, "error: standard output can't be written: write EPIPE\n"], command);
    }
  });

  for (const command of ON_ERR) {
    it(`ends with an error even if the error can't be printed: ${command}`, () => {
      const { code, out } = shell(`meshway ${command} 2> /dev/full`);
      assert.deepEqual([code, out], [1, ""]);
      const closed = shell(`exec 3> >(exec true); wait $!; meshway ${command} 2>&3`);
      assert.deepEqual([closed.code, closed.out], [1, ""]);
      assert.equal(existsSync(join(at.folder, "out")), false);
    });
  }

  it("writes long answers to pipes in full", () => {
    at.write("long.json", JSON.stringify({ fleets: { prod: { clusters: Array(1500).fill(3) } } }));
    const { out } = shell("meshway render long.json --json | cat");
    assert.equal((JSON.parse(out) as { findings: unknown[] }).findings.length, 1500);
  });
});

describe("meshway, reading", () => {
  const at = new Workplace();

  function piped(text: string | Buffer, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: at.folder,
      input: text,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: status, out: stdout, err: stderr };
  }

  it("accepts a model on standard input, as YAML or JSON", () => {
    assert.deepEqual(piped(GOOD, "render", "-", "--out", "out"), {
      code: 0,
      out: "rendered 4 objects for 2 clusters to out, removed 0 files\n",
      err: "",
    });
    assert.match(piped('{"fleets": {}}', "render", "-", "--json").out, /"findings": \[\]/);
    assert.match(piped(GOOD, "explain", "-", "GET", "http://shop.example.com/").out, /200/);
    const wrong = piped(WRONG, "render", "-", "--out", "out");
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /\n {2}in <stdin>:6:\d+\n/);
    assert.match(piped("", "render", "-", "--json").out, /it is empty/);
  });

  it("accepts uppercase names of model files", () => {
    for (const name of ["model.YAML", "model.Yml"]) {
      at.write(name, GOOD);
      assert.equal(at.run("render", name, "--out", "out").code, 0, name);
    }
    at.write("MODEL.JSON", '{"fleets": {}}');
    assert.equal(at.run("render", "MODEL.JSON", "--json").code, 0);
  });

  it("refuses input that isn't UTF-8, and says where", () => {
    const { code, err } = piped(
      Buffer.from("fleets: {}\nrouteTables: { caf\xe9: {} }\n", "latin1"),
      "render",
      "-",
      "--out",
      "out",
    );
    assert.equal(code, 1);
    assert.match(err, /line 2, column 19: it is not written in UTF-8[\s\S]*\n {2}in <stdin>:2:19\n/);
  });

  it("prints no terminal control characters from a command line", () => {
    const file = openSync(join(at.folder, "evil.yaml"), "w");
    closeSync(file);
    for (const args of [
      ["render", "evil\u001b[31m.yaml", "--out", "out"],
      ["--\u001b[31m"],
      ["explain", "evil.yaml", "GET", "\u009b31m"],
      ["render", "evil.yaml", "--out", "a\u001b[31m/b"],
    ]) {
      const { err, out } = at.run(...args);
      assert.match(err + out, /\S/);
      assert.doesNotMatch(err + out, /[^\P{Cc}\n]/u, args.join(" "));
    }
    at.write("good.yaml", GOOD);
    const asked = at.run(
      "explain",
      "good.yaml",
      "GET",
      "http://shop.example.com/\u001b[31m?\u202e",
      "-H",
      "x: \u009b31m",
    );
    assert.match(asked.out, /\\u001b\[31m/);
    assert.doesNotMatch(asked.out, /[^\P{Cc}\n]|\p{Cf}/u);
    const json = at.run("explain", "good.yaml", "GET", "http://shop.example.com/\u009b?\u202e", "--json");
    assert.doesNotMatch(json.out, /[^\P{Cc}\n]|\p{Cf}/u);
    assert.match(json.out, /\\u009b\?\\u202e/);
  });
});
