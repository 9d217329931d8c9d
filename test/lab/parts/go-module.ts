/** The pinned Go modules below `test/lab/tools/`: their versions, their hash, and runs of the `go` command in them. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";

/** The folder of one pinned Go module. */
function moduleFolder(module: string): string {
  return path.join(import.meta.dirname, "..", "tools", module);
}

/** The version that a module's go.mod requires of `dependency`, such as `v3.246.0`. */
export async function requiredVersion(module: string, dependency: string): Promise<string> {
  const text = await readFile(path.join(moduleFolder(module), "go.mod"), "utf8");
  for (const line of text.split("\n")) {
    const words = line
      .replace(/^require\s/, "")
      .trim()
      .split(/\s+/);
    if (words[0] === dependency && words[1]?.startsWith("v")) return words[1];
  }
  throw new Error(`test/lab/tools/${module}/go.mod does not require ${dependency}`);
}

/** A short hash of what a module pins, part of the cache key. */
export async function moduleHash(modules: readonly string[], extra: string): Promise<string> {
  const hash = createHash("sha256").update(extra);
  for (const module of modules) {
    for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(path.join(moduleFolder(module), file)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Fails with advice when there is no Go to build the missing parts with. */
export async function requireGo(missing: readonly string[]): Promise<void> {
  const result = await execa("go", ["version"], { reject: false });
  if (result.exitCode === 0) return;
  throw new Error(
    `the lab needs Go to build ${missing.join(", ")}, and there is no "go" on PATH\n` +
      "  help: install Go 1.26 or newer, or put these programs on PATH or in the folder that MESHWAY_LAB_BIN names",
  );
}

// Collecting its garbage less often saves the compiler a quarter of its time, and costs some hundred megabytes.
const COMPILER_GOGC = "400";

/** A `go` command in a module's folder. */
export function go(module: string, args: readonly string[]) {
  return execa("go", args, {
    cwd: moduleFolder(module),
    // A workspace file or -mod=mod of the user's would undo the pins.
    env: { GOWORK: "off", CGO_ENABLED: "0", GOGC: process.env.GOGC ?? COMPILER_GOGC },
    stdin: "ignore",
    reject: false,
  });
}
