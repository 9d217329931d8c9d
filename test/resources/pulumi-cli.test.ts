/** The CLI that runs a program is found without PATH. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { quietReasonOf } from "../../sdk/nodejs/src/resources/pulumi-cli.js";

const FIND = `process.chdir("/");
import { findCli } from ${JSON.stringify(resolve("sdk/nodejs/src/resources/pulumi-cli.ts"))};
const { command, cwd, env } = findCli();
console.log(JSON.stringify({ command, cwd, mark: env.MARK }));`;

describe("the CLI of a run", () => {
  let folder: string;
  let script: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "meshway-cli-")));
    mkdirSync(join(folder, "bin"));
    script = join(folder, "find.mts");
    writeFileSync(script, FIND);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const node = [process.execPath, "--import", "tsx"] as const;
  const find = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
    JSON.parse(execFileSync(command, args, { encoding: "utf8", env: { HOME: folder, ...env } }));
  const shell = (name: string) => {
    copyFileSync(realpathSync("/bin/sh"), join(folder, "bin", name));
    return join(folder, "bin", name);
  };
  const child = () => `MARK=own '${node[0]}' --import '${resolve("node_modules/tsx/dist/loader.mjs")}' '${script}'; :`;

  it("is the process that it runs in, with its folder and environment", function () {
    if (process.platform !== "linux") this.skip();
    const command = shell("pulumi");
    assert.deepEqual(find(command, ["-c", child()], { MARK: "engine" }), {
      command,
      cwd: process.cwd(),
      mark: "engine",
    });
  });

  it("lies beside the language host that started it", function () {
    if (process.platform !== "linux") this.skip();
    const host = shell("pulumi-language-nodejs");
    writeFileSync(join(folder, "bin", "pulumi"), "");
    assert.equal(find(host, ["-c", child()], {}).command, join(folder, "bin", "pulumi"));
  });

  it("is else looked for on PATH, and where Pulumi installs it", () => {
    const bin = join(folder, "bin");
    writeFileSync(join(bin, "pulumi"), "");
    chmodSync(join(bin, "pulumi"), 0o755);
    const [command, ...args] = node;
    for (const env of [{ PATH: `/nowhere:${bin}` }, { PATH: "/nowhere", PULUMI_HOME: folder }])
      assert.equal(find(command, [...args, script], env).command, join(bin, "pulumi"));
    assert.equal(find(command, [...args, script], { PATH: "/nowhere" }).command, "pulumi");
  });

  it("gives answers of which nothing is quoted where they are broken", () => {
    let reason = "";
    try {
      JSON.parse('{"kubeconfig":s3cr3t}');
    } catch (error) {
      assert.match(String(error), /s3cr3t/);
      reason = quietReasonOf(error);
    }
    assert.equal(reason, "what it prints is no JSON");
    assert.equal(quietReasonOf(new Error("no such stack")), "Error: no such stack");
  });
});
