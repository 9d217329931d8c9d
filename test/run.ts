/**
 * Runs everything that `npm test` covers and ends with `N passed, N failed, N skipped`.
 *
 * A tool that checks the whole tree (format, types, packaging) counts as one test. Arguments select steps by name: `npm
 * test -- unit e2e`. Independent steps run three at a time, because many of them mostly wait.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** True for mocha runs, which count their own tests. */
  readonly mocha?: boolean;
  /** True if the step needs the lab. */
  readonly lab?: boolean;
  /** True if other steps depend on this one, which then runs alone, before them. */
  readonly first?: boolean;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Failures, repeated at the end of the run where they are easy to find in a long log. */
  readonly failures: string[];
}

/** Most lines of a failed tool that are repeated at the end of a run. */
const MOST_LINES = 60;

const mocha = (...globs: string[]): string[] => ["mocha", "--reporter", "test/support/reporter.cjs", ...globs];

/** The tests that nothing is lost in real runs: about half of the time that all real runs take. */
const NO_LOSS = "test/e2e/{killed-run,moves,nothing-lost*,other-urns,ways}.test.ts";

/** Steps in starting order: among long steps the longest first, so that all workers finish together. */
const STEPS: readonly Step[] = [
  { name: "build", command: ["tsc", "-p", "sdk/nodejs/tsconfig.json"], first: true },
  { name: "client", command: ["tsx", "sdk/nodejs/bundle.cjs"], first: true },
  { name: "bundle", command: ["tsx", "provider/bundle.ts"], first: true },
  {
    name: "unit",
    command: mocha("test/{unit,golden,property,resources,architecture,schema,types,examples}/**/*.test.ts"),
    mocha: true,
  },
  { name: "lint", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "types", command: ["tsc", "--noEmit", "-p", "tsconfig.json"] },
  { name: "unused", command: ["knip", "--no-config-hints"] },
  { name: "commands", command: mocha("test/commands/**/*.test.ts"), mocha: true },
  { name: "traffic", command: mocha("test/traffic/**/*.test.ts"), mocha: true, lab: true },
  { name: "e2e", command: mocha("test/e2e/**/*.test.ts", "--ignore", NO_LOSS), mocha: true, lab: true },
  { name: "no-loss", command: mocha(NO_LOSS), mocha: true, lab: true },
  { name: "provider", command: mocha("test/lab/kubernetes-provider/test/**/*.test.ts"), mocha: true, lab: true },
  { name: "istioctl", command: mocha("test/istioctl/**/*.test.ts"), mocha: true, lab: true },
  { name: "refusals", command: mocha("test/refusals/**/*.test.ts"), mocha: true, lab: true },
  { name: "differential", command: mocha("test/differential/**/*.test.ts"), mocha: true, lab: true },
];

/** Steps that run concurrently: one more than the cores of the smallest machine, so that no core idles. */
const LINES_OF_WORK = 3;

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`no step ${unknown.join(", ")}; steps: ${STEPS.map(({ name }) => name).join(", ")}`);
    process.exit(2);
  }
  const total: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const folder = mkdtempSync(join(tmpdir(), "meshway-test-"));
  const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const stage = new Stage();
  const parts = steps.some(({ lab }) => lab === true) ? buildParts(stage) : undefined;
  const runNext = async (waiting: Step[]): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (step.lab === true) await parts;
      const counts = await runStep(step, join(folder, `${step.name}.json`), stage);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      total.failures.push(...counts.failures);
    }
  };
  await runNext(steps.filter(({ first }) => first === true));
  const waiting = steps.filter(({ first }) => first !== true);
  await Promise.all(Array.from({ length: LINES_OF_WORK }, () => runNext(waiting)));
  rmSync(folder, { recursive: true, force: true });
  for (const failure of total.failures) console.log(`\n== failed: ${failure}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Output of one of several concurrent programs. */
interface Output {
  tell(text: string | Buffer): void;
  end(): void;
}

/**
 * Prints the output of concurrent programs without interleaving: the one that started first live, the others in turn.
 */
class Stage {
  readonly #turns: { readonly held: (string | Buffer)[]; hasEnded: boolean }[] = [];

  begin(): Output {
    const turn = { held: [] as (string | Buffer)[], hasEnded: false };
    this.#turns.push(turn);
    return {
      tell: (text) => {
        if (this.#turns[0] === turn) process.stdout.write(text);
        else turn.held.push(text);
      },
      end: () => {
        turn.hasEnded = true;
        while (this.#turns[0]?.hasEnded === true) {
          this.#turns.shift();
          for (const text of this.#turns[0]?.held.splice(0) ?? []) process.stdout.write(text);
        }
      },
    };
  }
}

/**
 * Builds the lab while steps that don't need it run: without a cache, compilation takes minutes.
 *
 * If the build fails, the steps that need the lab build it again and report the error.
 */
function buildParts(stage: Stage): Promise<void> {
  const child = spawn("npx", ["--no-install", "tsx", "test/lab/main.ts", "build"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => said.push(text));
  return new Promise((resolve) => {
    child.on("close", () => {
      const output = stage.begin();
      for (const text of said) output.tell(text);
      output.end();
      resolve();
    });
  });
}

async function runStep(step: Step, countsFile: string, stage: Stage): Promise<Counts> {
  const said: Buffer[] = [];
  const output = stage.begin();
  const started = Date.now();
  output.tell(`\n== ${step.name}: ${step.command.join(" ")}\n`);
  const code = await run(step.command, { ...process.env, MESHWAY_COUNTS: countsFile }, (text) => {
    said.push(text);
    output.tell(text);
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  output.tell(`== ${step.name} ${code === 0 ? "ok" : `failed (exit ${code})`}, ${seconds} s\n`);
  output.end();
  const wholeStep = (): string => {
    const lines = Buffer.concat(said).toString("utf8").trimEnd().split("\n");
    return `${step.name}, exit ${code}\n${lines.slice(-MOST_LINES).join("\n")}`;
  };
  const isRight = code === 0;
  if (step.mocha !== true)
    return { passed: isRight ? 1 : 0, failed: isRight ? 0 : 1, skipped: 0, failures: isRight ? [] : [wholeStep()] };
  if (!existsSync(countsFile)) return { passed: 0, failed: 1, skipped: 0, failures: [wholeStep()] };
  const counts = JSON.parse(readFileSync(countsFile, "utf8").trim().split("\n").at(-1) ?? "{}") as Counts;
  // a run that fails without a failed test crashed
  if (!isRight && counts.failed === 0) return { ...counts, failed: 1, failures: [wholeStep()] };
  return { ...counts, failures: counts.failures.map((failure) => `${step.name}: ${failure}`) };
}

function run(command: readonly string[], env: NodeJS.ProcessEnv, tell: (text: Buffer) => void): Promise<number> {
  return new Promise((resolve) => {
    // behind a pipe, the tools don't see the terminal and would drop their colors
    const coloured = process.stdout.isTTY ? { FORCE_COLOR: "1", ...env } : env;
    const child = spawn("npx", ["--no-install", ...command], { stdio: ["inherit", "pipe", "pipe"], env: coloured });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", tell);
    child.on("close", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

void main();
