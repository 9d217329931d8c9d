/** Tests on disks that are really full or read-only: small in-memory file systems, mounted for each test. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";

const CLI = ["--import", "tsx", resolve("sdk/nodejs/src/cli/main.ts")];

/** Builds a model of two clusters with some routes, whose responses begin with a text. */
function model(tables: readonly string[], text: string): string {
  return stringify({
    fleets: { prod: { clusters: [{ name: "east" }, { name: "west" }] } },
    virtualGateways: {
      web: {
        fleet: "prod",
        namespace: "gateways",
        workloads: { labels: { istio: "ingressgateway" } },
        listeners: [{ port: 80 }],
      },
    },
    routeTables: Object.fromEntries(
      tables.map((name) => [
        name,
        {
          fleet: "prod",
          hosts: [`${name}.example.com`],
          virtualGateways: ["web"],
          http: [{ name: "ok", directResponse: { status: 200, body: `${text} ${name} `.repeat(60) } }],
        },
      ]),
    ),
  });
}

describe("meshway render on a full disk", () => {
  let folder: string;
  let mounts: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-disk-"));
    mounts = [];
    writeFileSync(join(folder, "old.yaml"), model(["cart", "gone", "shop"], "old"));
    writeFileSync(join(folder, "new.yaml"), model(["cart", "fresh", "more", "shop"], "new"));
  });

  afterEach(() => {
    for (const path of mounts.reverse()) execFileSync("umount", [path]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Mounts an in-memory file system; skips the test if that is not allowed. */
  function mount(test: Mocha.Context, path: string, options: string): void {
    mkdirSync(path, { recursive: true });
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "meshway-test", path]);
    if (status !== 0) test.skip();
    mounts.push(path);
  }

  function render(source: string): { readonly code: number | null; readonly err: string } {
    const args = [...CLI, "render", join(folder, source), "--out", join(folder, "out")];
    const { status, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: status, err: stderr };
  }

  function files(): ReadonlyMap<string, string> {
    const out = join(folder, "out");
    const paths = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
    const plain = paths.filter((path) => statSync(join(out, path)).isFile() && !path.endsWith("filler"));
    return new Map(plain.map((path) => [path, readFileSync(join(out, path), "utf8")]));
  }

  /** Fills a disk except for some blocks. */
  function fill(disk: string, free: number): void {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "filler"), Buffer.alloc((bavail - free) * bsize));
  }

  it("leaves all clusters unchanged, however much space is left, and renders once there is enough", function () {
    mount(this, join(folder, "out"), "size=1m");
    assert.equal(render("old.yaml").code, 0);
    const old = files();
    let refused = 0;
    for (let free = 0; ; free += 2) {
      fill(join(folder, "out"), free);
      const { code, err } = render("new.yaml");
      if (code === 0) break;
      refused += 1;
      assert.match(err, /^error: ENOSPC: no space left on device/);
      assert.deepEqual(files(), old, `${free} blocks`);
      rmSync(join(folder, "out", "filler"));
    }
    assert.ok(refused >= 3, `${refused} refused`);
    assert.deepEqual(
      [...files().keys()].filter((path) => /gone|part$/.test(path)),
      [],
    );
    assert.ok([...files().keys()].some((path) => path.includes("fresh")));
  });

  it("of the second cluster leaves the first one unchanged too", function () {
    mount(this, join(folder, "out", "west"), "size=256k");
    assert.equal(render("old.yaml").code, 0);
    const old = files();
    fill(join(folder, "out", "west"), 1);
    const { code, err } = render("new.yaml");
    assert.equal(code, 1);
    assert.match(err, /^error: ENOSPC: no space left on device/);
    assert.deepEqual(files(), old);
  });

  it("without room for names leaves all clusters unchanged", function () {
    mount(this, join(folder, "out"), "size=1m,nr_inodes=14");
    assert.equal(render("old.yaml").code, 0);
    const old = files();
    const { code, err } = render("new.yaml");
    assert.equal(code, 1);
    assert.match(err, /^error: ENOSPC: no space left on device/);
    assert.deepEqual(files(), old);
  });

  it("that is read-only reports the folder, and changes nothing", function () {
    mount(this, join(folder, "out", "west"), "size=256k");
    assert.equal(render("old.yaml").code, 0);
    const old = files();
    execFileSync("mount", ["-o", "remount,ro", join(folder, "out", "west")]);
    const { code, err } = render("new.yaml");
    assert.equal(code, 1);
    assert.match(err, /^error: \S+out\/west can't be written to: EROFS/);
    assert.deepEqual(files(), old);
  });

  it("never truncates output silently", function () {
    const disk = join(folder, "disk");
    mount(this, disk, "size=16k");
    writeFileSync(join(folder, "wrong.json"), JSON.stringify({ fleets: { prod: { clusters: Array(200).fill(3) } } }));
    const target = openSync(join(disk, "findings.json"), "w");
    const { status, stderr } = spawnSync(process.execPath, [...CLI, "render", join(folder, "wrong.json"), "--json"], {
      encoding: "utf8",
      stdio: ["ignore", target, "pipe"],
    });
    closeSync(target);
    assert.equal(statSync(join(disk, "findings.json")).size, 16 * 1024, "the disk is not full");
    assert.equal(status, 1);
    assert.match(stderr, /standard output can't be written: ENOSPC/);
  });
});
