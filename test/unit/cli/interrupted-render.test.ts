/** Whatever happens during a write, the folder has the old objects or the new ones, never fewer. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { writeObjects } from "../../../sdk/nodejs/src/cli/output-files.js";
import type { RenderedObject } from "../../../sdk/nodejs/src/kube/object.js";
import { type Fault, withFault } from "./support/faulty-disk.js";

/** Objects by cluster: names, and a text in each. */
function objects(clusters: Readonly<Record<string, readonly string[]>>, text: string): RenderedObject[] {
  return Object.entries(clusters).flatMap(([cluster, names]) =>
    names.map((name) => ({
      step: 0,
      maker: { kind: "RouteTable" as const, name },
      cluster,
      object: {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name, namespace: "shop", labels: {} },
        spec: { text: name.startsWith("same") ? "same" : text },
      },
    })),
  );
}

const OLD = objects({ east: ["same", "cart", "gone"], north: ["all", "gone"], west: ["cart", "gone", "last"] }, "old");
const NEW = objects({ east: ["same", "cart", "new"], south: ["all", "new"], west: ["cart", "new", "last"] }, "new");

/** Returns every file under a folder with its text; folders have none. */
function filesIn(folder: string): Map<string, string> {
  const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }).sort() : [];
  return new Map(
    paths.map((path) => {
      const full = join(folder, path);
      return [path, statSync(full).isDirectory() ? "" : readFileSync(full, "utf8")];
    }),
  );
}

function onlyFiles(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([, text]) => text !== ""));
}

function onlyYaml(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([path]) => path.endsWith(".yaml")));
}

function assertOldOrNew(
  now: ReadonlyMap<string, string>,
  old: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
  context: string,
): void {
  for (const [path, text] of onlyYaml(now))
    assert.ok(text === old.get(path) || text === fresh.get(path), `${context}: ${path} is neither old nor new`);
  const hasOld = [...onlyYaml(old).keys()].every((path) => now.has(path));
  const hasNew = [...onlyYaml(fresh)].every(([path, text]) => now.get(path) === text);
  assert.ok(hasOld || hasNew, `${context}: objects are missing`);
}

describe("a render that is interrupted", () => {
  let folder: string;
  let out: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-files-"));
    out = join(folder, "out");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Returns the files of a complete render of `NEW` over `OLD`. */
  function wholeRender(): { readonly old: Map<string, string>; readonly fresh: Map<string, string> } {
    const whole = join(folder, "whole");
    writeObjects(whole, OLD);
    const old = filesIn(whole);
    writeObjects(whole, NEW);
    return { old, fresh: filesIn(whole) };
  }

  /** Renders `NEW` over `OLD` with a fault at each operation in turn. */
  function eachStep(
    fault: Fault,
    look: (found: { step: number; error: unknown; now: Map<string, string> }) => void,
  ): number {
    for (let step = 1; ; step++) {
      rmSync(out, { recursive: true, force: true });
      writeObjects(out, OLD);
      const { error, steps } = withFault(fault, step, () => writeObjects(out, NEW));
      if (steps < step) return step - 1;
      look({ step, error, now: filesIn(out) });
    }
  }

  it("by a failure at any operation leaves everything old, or everything new", () => {
    const { old, fresh } = wholeRender();
    let asBefore = 0;
    const steps = eachStep("fails", ({ step, error, now }) => {
      assertOldOrNew(now, old, fresh, `step ${step}`);
      assert.deepEqual(
        [...now.keys()].filter((path) => path.endsWith(".part")),
        [],
        `step ${step}`,
      );
      if (error === undefined) assert.deepEqual(onlyFiles(now), onlyFiles(fresh), `step ${step} reported nothing`);
      else if (/^all objects are written/.test(String((error as Error).message)))
        for (const [path, text] of fresh) assert.equal(now.get(path), text);
      else {
        assert.deepEqual(now, old, `step ${step}: ${error}`);
        asBefore += 1;
      }
    });
    assert.ok(steps > 100 && asBefore > 60, `${steps} steps, ${asBefore} as before`);
  });

  it("by a kill at any change leaves old or new, and the next run continues from there", () => {
    const { old, fresh } = wholeRender();
    const steps = eachStep("killed", ({ step, now }) => {
      assertOldOrNew(now, old, fresh, `step ${step}`);
      writeObjects(out, NEW);
      assert.deepEqual(onlyFiles(filesIn(out)), onlyFiles(fresh), `after step ${step}`);
    });
    assert.ok(steps > 30, `${steps} steps`);
  });

  it("leaves partial files that the next run removes, and only those", async () => {
    const { fresh } = wholeRender();
    const other = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"]);
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    try {
      writeObjects(out, OLD);
      const part = (name: string, pid: number | undefined, text: string): string => {
        const path = join(out, "east", `${name}.yaml.${pid}.part`);
        writeFileSync(path, text);
        return relative(out, path);
      };
      part("empty", dead.pid, "");
      part("begun", dead.pid, "# rendered");
      part("whole", dead.pid, "# rendered by meshway\n---\n");
      part("own-number", process.pid, "# rendered by meshway\n---\n");
      const kept = [
        part("of-a-running-one", other.pid, "# rendered by meshway\n---\n"),
        part("of-somebody", dead.pid, "not ours"),
      ];
      writeFileSync(join(out, "east", "notes.part"), "# rendered by meshway\n");
      writeObjects(out, NEW);
      const found = [...filesIn(out).keys()].filter((path) => !fresh.has(path));
      assert.deepEqual(found, [join("east", "notes.part"), ...kept].sort());
    } finally {
      other.kill();
    }
  });
});

describe("a render that can't be written", () => {
  let folder: string;
  let out: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-files-"));
    out = join(folder, "out");
    writeObjects(out, OLD);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function refuses(message: RegExp, work: () => void = () => writeObjects(out, NEW)): void {
    const before = filesIn(folder);
    assert.throws(work, { message });
    assert.deepEqual(filesIn(folder), before);
  }

  it("because a file is in place of a cluster's folder changes nothing", () => {
    writeFileSync(join(out, "south"), "mine");
    refuses(/out\/south is no folder: move it away/);
    rmSync(join(out, "south"));
    symlinkSync("nowhere", join(out, "south"));
    const before = readdirSync(out);
    assert.throws(() => writeObjects(out, NEW), { message: /out\/south is no folder/ });
    assert.deepEqual(readdirSync(out), before);
  });

  it("because a folder is read-only changes nothing", () => {
    chmodSync(join(out, "west"), 0o555);
    asNobody(() => refuses(/EACCES.*out\/west|out\/west.*EACCES/));
    rmSync(join(out, "west"), { recursive: true });
    chmodSync(out, 0o555);
    asNobody(() => refuses(/EACCES.*out|out.*EACCES/));
  });

  /** Runs something as an unprivileged user, because root ignores permissions. */
  function asNobody(work: () => void): void {
    if (process.geteuid?.() !== 0) {
      work();
      return;
    }
    const nobody = 65_534;
    for (const path of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })])
      chownSync(join(folder, path), nobody, nobody);
    process.seteuid?.(nobody);
    try {
      work();
    } finally {
      process.seteuid?.(0);
    }
  }

  it("because the folder is in a pseudo file system fails at once", () => {
    for (const root of ["/proc", "/sys", "/dev"].filter((each) => existsSync(each)))
      for (const at of [join(root, "manifests"), join(root, "self", "a", "b")])
        refuses(new RegExp(`lies in ${root}, which holds no files`), () => writeObjects(at, NEW));
    symlinkSync("/proc/self", join(folder, "link"));
    assert.throws(() => writeObjects(join(folder, "link", "out"), NEW), { message: /lies in \/proc/ });
  });

  it("because two clusters share a folder changes nothing", () => {
    rmSync(join(out, "west"), { recursive: true });
    symlinkSync("east", join(out, "west"));
    refuses(/out\/east and .*out\/west are one folder/);
  });
});

describe("a render through symbolic links", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-files-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes and prunes at their targets, and keeps the links", () => {
    mkdirSync(join(folder, "real"));
    mkdirSync(join(folder, "far", "north"), { recursive: true });
    mkdirSync(join(folder, "far", "west"));
    symlinkSync("real", join(folder, "out"));
    symlinkSync("../far/north", join(folder, "real", "north"));
    symlinkSync("../far/west", join(folder, "real", "west"));
    // a second name for a written folder must not make its files stale
    symlinkSync("east", join(folder, "real", "also-east"));
    writeObjects(join(folder, "out"), OLD);
    writeFileSync(join(folder, "far", "west", "own.yaml"), "# mine\n");
    writeObjects(join(folder, "out"), NEW);
    const name = (each: string): string => `virtual-service-shop-${each}.yaml`;
    assert.deepEqual(
      readdirSync(join(folder, "far", "west")).sort(),
      ["own.yaml", ...["cart", "last", "new"].map(name)].sort(),
    );
    assert.deepEqual(readdirSync(join(folder, "far", "north")), []);
    assert.deepEqual(readdirSync(join(folder, "real", "east")).sort(), ["cart", "new", "same"].map(name));
    writeObjects(join(folder, "out"), OLD);
    assert.deepEqual(readdirSync(join(folder, "far", "north")).sort(), ["all", "gone"].map(name));
  });
});
