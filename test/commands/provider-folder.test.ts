/** Meshway as a plugin folder: `provider`, or a copy of `provider/dist`, passed to `pulumi package add`. */
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";

const SCHEMA = readFileSync("provider/schema.json", "utf8");

describe("the provider's folder", function () {
  this.timeout(5 * 60_000);
  let outside: string;
  let copy: string;
  const running: ChildProcess[] = [];

  before(() => {
    execFileSync("npx", ["--no-install", "tsx", "provider/bundle.ts"]);
    outside = mkdtempSync(join(tmpdir(), "meshway-folder-"));
    copy = join(outside, "meshway");
    cpSync("provider/dist", copy, { recursive: true });
    // the command that Pulumi uses to install plugins
    execFileSync("npm", ["install", "--omit=dev", "--prefer-offline", "--ignore-scripts"], { cwd: copy });
  });

  afterEach(() => {
    for (const child of running.splice(0)) child.kill();
  });

  after(() => rmSync(outside, { recursive: true, force: true }));

  /** Starts a plugin from an unrelated folder and returns the address that it listens on. */
  function start(command: string, args: readonly string[]): Promise<string> {
    const child = spawn(command, [...args, "127.0.0.1:1"], { cwd: outside });
    running.push(child);
    return new Promise((found, failed) => {
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => {
          said += text;
          const [port] = /^\d+$/m.exec(said) ?? [];
          if (port !== undefined) found(`127.0.0.1:${port}`);
        });
      child.on("exit", (code) => failed(new Error(`the plugin ended with exit code ${code}\n${said}`)));
    });
  }

  /**
   * Starts a folder as Pulumi's host for Node.js does: the plugin receives the options meant for Node.js, not Node.js
   * itself.
   */
  function startFolder(folder: string): Promise<string> {
    const launcher = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-plugin");
    assert.doesNotMatch(readFileSync(join(folder, "PulumiPlugin.yaml"), "utf8"), /nodeargs/);
    return start(process.execPath, [launcher, folder]);
  }

  function schemaOf(address: string): Promise<string> {
    const client = new ResourceProviderClient(address, credentials.createInsecure());
    return new Promise((found, failed) => {
      client.getSchema(new GetSchemaRequest(), (error, answer) => {
        client.close();
        if (error) failed(error);
        else found(answer.getSchema());
      });
    });
  }

  it("depends only on Pulumi's packages and the Kubernetes client, at the versions tested here", () => {
    const { dependencies } = JSON.parse(readFileSync(join(copy, "package.json"), "utf8"));
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const tested = ["@kubernetes/client-node", "@pulumi/kubernetes", "@pulumi/pulumi"].map((name) => [
      name,
      packages[`node_modules/${name}`].version,
    ]);
    assert.deepEqual(Object.entries(dependencies), tested);
    for (const name of ["meshway", "zod", "tsx"]) assert.equal(existsSync(join(copy, "node_modules", name)), false);
  });

  it("runs as a copy outside the workspace", async () => {
    assert.equal(await schemaOf(await startFolder(copy)), SCHEMA);
  });

  it("runs in the workspace, and has the modules folder that Pulumi looks for after an installation", async () => {
    assert.ok(existsSync("provider/node_modules"));
    assert.equal(await schemaOf(await startFolder(resolve("provider"))), SCHEMA);
  });

  it("runs as a program", async () => {
    assert.equal(await schemaOf(await start(join(copy, "pulumi-resource-meshway"), [])), SCHEMA);
    assert.equal(await schemaOf(await start(resolve("provider/bin/pulumi-resource-meshway"), [])), SCHEMA);
  });
});
