/** `npm run up`, `preview` and `down` in a copy of the repository's lab, so that a running lab is not disturbed. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { edit, OBJECTS, OTHER_WEIGHTS } from "./support/example.js";
import { BUILD_TIMEOUT, TEST_TIMEOUT } from "./support/lab.js";

const REPO = path.resolve(__dirname, "../..");
const COPIED = ["examples/two-clusters", "test/lab", "Pulumi.yaml", "package.json", "tsconfig.json"];

describe("the lab's commands", function () {
  this.timeout(TEST_TIMEOUT);
  const copy = mkdtempSync(path.join(tmpdir(), "meshway-copy-"));
  const program = path.join(copy, "examples/two-clusters/index.ts");

  before(() => {
    for (const name of COPIED) cpSync(path.join(REPO, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(REPO, "node_modules"), path.join(copy, "node_modules"));
  });

  after(async () => {
    if (existsSync(path.join(copy, ".lab"))) await command("down");
    rmSync(copy, { recursive: true, force: true });
  });

  /** Runs a command of the lab and returns its output. */
  function command(name: string, expected = 0): Promise<string> {
    const child = spawn(process.execPath, ["--import", "tsx", "test/lab/main.ts", name], { cwd: copy });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === expected) resolve(text);
        else reject(new assert.AssertionError({ message: `${name} ended with ${code}:\n${text}` }));
      });
    });
  }

  /** Asserts that a text lists the objects of both clusters. */
  function assertSummary(text: string): void {
    for (const cluster of ["east", "west"] as const) {
      const [, part = ""] = text.split(`cluster ${cluster} `);
      const listed = [...(part.split("\n\n")[0]?.matchAll(/^ {2}([A-Z]\w+) +(\S+)$/gm) ?? [])];
      assert.deepEqual(
        listed.map(([, kind, place]) => `${kind} ${place}`),
        OBJECTS[cluster],
        text,
      );
    }
  }

  /** Asserts that the example's pods answered requests, if this machine can run pods. */
  async function assertRequests(text: string): Promise<void> {
    const { missingForDataPlane } = await import("../lab/data-plane/requirements.js");
    const missing = await missingForDataPlane();
    if (missing !== undefined) assert.ok(text.includes(`no pods and no requests: ${missing}`), text);
    else {
      assert.equal(text.match(/GET https:\/\/shop\.example\.com\/ +frontend in east\n/g)?.length, 2, text);
      assert.equal(text.match(/healthz +the gateway itself, "ok"\n/g)?.length, 2, text);
      assert.match(text, /\/reviews +\d+ × reviews-v\d in (east|west)(, \d+ × reviews-v\d in (east|west))+\n/);
    }
  }

  it("up creates the clusters and the example's objects, lists them, and sends requests", async function () {
    this.timeout(BUILD_TIMEOUT);
    const text = await command("up");
    assertSummary(text);
    await assertRequests(text);
  });

  it("a second up changes nothing", async () => {
    const text = await command("up");
    assert.match(text, /unchanged/);
    assert.doesNotMatch(text, /\d+ (created|updated|deleted|replaced)/);
    assertSummary(text);
    await assertRequests(text);
  });

  it("preview shows an edited weight like the README", async () => {
    writeFileSync(program, edit(readFileSync(program, "utf8"), ...OTHER_WEIGHTS));
    const text = await command("preview");
    assert.match(text, /~ weight: 90 => 80/);
    assert.match(text, /~ 2 to update\n +19 unchanged/);
  });

  it("down leaves nothing: no object, no process, no folder, no network namespace", async () => {
    const { findByMarker } = await import("../lab/processes/process.js");
    const { socketFolder } = await import("../lab/data-plane/data-plane.js");
    const sockets = socketFolder(path.join(copy, ".lab"));
    assert.match(await command("down"), /no object of Meshway is left/);
    assert.equal(existsSync(path.join(copy, ".lab")), false);
    assert.deepEqual(await findByMarker(copy), []);
    assert.deepEqual(await findByMarker(sockets), []);
    assert.equal(existsSync(sockets), false);
    const namespaces = existsSync("/run/netns") ? readdirSync("/run/netns") : [];
    assert.deepEqual(
      namespaces.filter((name) => name.startsWith(path.basename(sockets))),
      [],
    );
  });
});
