/**
 * Leaves out each step of CONTRIBUTING's recipe for a policy, in a copy of the tree: `npm run check-recipe`.
 *
 * The check that the recipe names must then fail. `CompressionPolicy` stands for the new policy. Takes minutes, so CI
 * doesn't run it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { FAMILIES, OMISSIONS, type Omission, TYPES } from "./recipe-omissions.js";

interface Verdict {
  readonly hasPassed: boolean;
  readonly output: string;
}

/** A copy of what Git tracks, which is put right again after each omission. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "recipe-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
  for (const file of files.split("\n").filter((each) => each !== "" && existsSync(each)))
    cpSync(file, join(copy, file), { recursive: true });
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: copy, stdio: "ignore" });
  git("init");
  const linked = ["node_modules", "sdk/nodejs/node_modules"].filter((folder) => existsSync(folder));
  for (const folder of linked) symlinkSync(join(process.cwd(), folder), join(copy, folder));
  appendFileSync(join(copy, ".git/info/exclude"), `${linked.map((folder) => `/${folder}`).join("\n")}\n/.recipe\n`);
  git("add", "--all");
  git("-c", "user.name=recipe", "-c", "user.email=recipe@localhost", "commit", "--quiet", "--message=whole");
  return copy;
}

function restore(copy: string): void {
  execFileSync("git", ["checkout", "--quiet", "."], { cwd: copy });
  execFileSync("git", ["clean", "-fdq"], { cwd: copy });
}

/** Runs the compiler or one test file. */
function judge(copy: string, check: string): Verdict {
  const args =
    check === TYPES
      ? ["tsc", "--noEmit", "-p", "tsconfig.json", "--incremental", "--tsBuildInfoFile", ".recipe/tsbuildinfo"]
      : ["mocha", check];
  const { status, stdout, stderr } = spawnSync("npx", args, { cwd: copy, encoding: "utf8", env: withoutUpdates() });
  return { hasPassed: status === 0, output: `${stdout}${stderr}` };
}

function withoutUpdates(): NodeJS.ProcessEnv {
  const { UPDATE_GOLDEN: _, ...env } = process.env;
  return env;
}

/** The first line that says what is missing. */
function message(output: string, says: RegExp): string {
  return (
    output
      .split("\n")
      .find((line) => says.test(line) && !line.includes("✔"))
      ?.trim()
      .slice(0, 200) ?? ""
  );
}

function report(step: number, what: string, by: string, said: string): boolean {
  console.log(`| ${step} | ${what} | ${said === "" ? `NOT CAUGHT by ${by}` : by} | ${said.replaceAll("|", "\\|")} |`);
  return said !== "";
}

/** Requires a check to pass with all steps done: one that always fails would seem to catch everything. */
function assertPasses(copy: string, check: string): void {
  const { hasPassed, output } = judge(copy, check);
  if (!hasPassed) throw new Error(`${check} fails with all steps done:\n${output.slice(-3000)}`);
}

function leaveOut(copy: string, { step, what, edit, caughtBy, says }: Omission): boolean {
  edit((file) => join(copy, file));
  const { hasPassed, output } = judge(copy, caughtBy);
  restore(copy);
  return report(step, what, caughtBy, hasPassed ? "" : message(output, says));
}

/** Stops after step 1: the compiler, or else the property about every policy, asks for the rest. */
function scaffoldOnly(copy: string, family: string): boolean {
  execFileSync("npx", ["tsx", "scripts/new-policy.ts", "Probe", family, "Probes how much the scaffold asks for."], {
    cwd: copy,
    stdio: "ignore",
  });
  const checks = [TYPES, "test/property/every-policy.test.ts", "test/golden/policy-kinds.test.ts"];
  const failed = checks.flatMap((check) => {
    const { hasPassed, output } = judge(copy, check);
    return hasPassed ? [] : [`${check}: ${message(output, /ProbePolicy/)}`];
  });
  restore(copy);
  return report(2, `everything after the scaffold of ${family}`, checks.join(", "), failed.join("; "));
}

function main(): number {
  const { positionals } = parseArgs({ allowPositionals: true });
  const chosen = OMISSIONS.filter(({ step }) => positionals.length === 0 || positionals.includes(`${step}`));
  const copy = copyTree();
  try {
    console.log("| step | left out | caught by | message |\n|---|---|---|---|");
    const passed = new Set<string>();
    const results = chosen.map((each) => {
      if (!passed.has(each.caughtBy)) assertPasses(copy, each.caughtBy);
      passed.add(each.caughtBy);
      return leaveOut(copy, each);
    });
    const scaffolds = positionals.length === 0 ? FAMILIES.map((each) => scaffoldOnly(copy, each)) : [];
    return [...results, ...scaffolds].every(Boolean) ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

process.chdir(dirname(__dirname));
process.exitCode = main();
