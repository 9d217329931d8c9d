/** The npm package as users install it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const PACKAGE = resolve("sdk/nodejs");

describe("npm package", function () {
  this.timeout(5 * 60_000);
  let folder: string;
  let tarball: string;

  function run(
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ): string {
    const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...options });
    assert.equal(status, 0, `${command} ${args.join(" ")}\n${error?.message ?? ""}${stdout}${stderr}`);
    return stdout;
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-package-"));
    const packed = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: PACKAGE })) as {
      filename: string;
    }[];
    tarball = join(folder, packed[0]?.filename ?? "");
    run("tar", ["xzf", tarball, "-C", folder]);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const inside = (path: string): string => join(folder, "package", path);

  it("passes publint", () => {
    run("npx", ["--no-install", "publint", "--strict", tarball]);
  });

  it("has types that resolve from CommonJS and from modules", () => {
    run("npx", ["--no-install", "attw", tarball, "--profile", "node16"]);
  });

  it("contains its license and README, and leaves no copies behind", () => {
    for (const file of ["LICENSE", "README.md"]) {
      assert.equal(readFileSync(inside(file), "utf8"), readFileSync(resolve(file), "utf8"));
      assert.equal(existsSync(join(PACKAGE, file)), false);
    }
  });

  it("keeps zod out of its types", () => {
    const index = readFileSync(inside("bin/index.d.ts"), "utf8");
    assert.doesNotMatch(index, /zod/);
    for (const [, file] of index.matchAll(/from "\.\/(.+)\.js"/g))
      assert.doesNotMatch(readFileSync(inside(`bin/${file}.d.ts`), "utf8"), /zod/, file);
  });

  it("has a working command, and a model entry that needs no Pulumi", () => {
    assert.match(readFileSync(inside("bin/cli/main.js"), "utf8"), /^#!\/usr\/bin\/env node\n/);
    assert.ok(statSync(inside("bin/cli/main.js")).isFile());
    const model = join(folder, "model.yaml");
    writeFileSync(model, "fleets: { prod: { clusters: [{ name: east }] } }");
    const NODE_PATH = [resolve("sdk/nodejs/node_modules"), resolve("node_modules")].join(delimiter);
    const blocked =
      "const m = require('node:module'), load = m._load; m._load = (name, ...rest) => " +
      "{ if (name.startsWith('@pulumi/')) throw new Error('loaded ' + name); return load(name, ...rest); };";
    writeFileSync(join(folder, "block.cjs"), blocked);
    const block = ["--require", join(folder, "block.cjs")];
    const env = { ...process.env, NODE_PATH };
    const out = run(process.execPath, [...block, inside("bin/cli/main.js"), "render", model, "--json"], { env });
    assert.deepEqual(JSON.parse(out), { findings: [], objects: 0 });
    run(process.execPath, [...block, "-e", `require(${JSON.stringify(inside("bin/model.js"))})`], { env });
  });
});
