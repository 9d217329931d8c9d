/** The pinned Go modules under `test/lab/tools/`: their versions, their hash, and runs of the `go` command in them. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";

/** Returns the folder of a pinned Go module. */
function moduleFolder(module: string): string {
  return path.join(import.meta.dirname, "..", "tools", module);
}

/** Returns the version of `dependency` that a module's go.mod requires, such as `v3.246.0`. */
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

/** Returns a short hash of a module's pins, part of the cache key. */
export async function moduleHash(modules: readonly string[], extra: string): Promise<string> {
  const hash = createHash("sha256").update(extra);
  for (const module of modules) {
    for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(path.join(moduleFolder(module), file)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Fails with advice if Go is not installed to build the missing parts. */
export async function requireGo(missing: readonly string[]): Promise<void> {
  const result = await execa("go", ["version"], { reject: false });
  if (result.exitCode === 0) return;
  throw new Error(
    `the lab needs Go to build ${missing.join(", ")}, and there is no "go" on PATH\n` +
      "  help: install Go 1.26 or newer, or put these programs on PATH or in the folder that MESHWAY_LAB_BIN names",
  );
}

// Collecting garbage less often saves the compiler a quarter of its time, and costs several hundred megabytes.
const COMPILER_GOGC = "400";

/** Runs a `go` command in a module's folder. */
export function go(module: string, args: readonly string[]) {
  return execa("go", args, {
    cwd: moduleFolder(module),
    // The user's workspace file or -mod=mod would override the pins.
    env: { GOWORK: "off", CGO_ENABLED: "0", GOGC: process.env.GOGC ?? COMPILER_GOGC },
    stdin: "ignore",
    reject: false,
  });
}
