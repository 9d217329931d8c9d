/**
 * Runs everything that `npm test` promises and ends with `N passed, N failed, N skipped`.
 *
 * A tool that checks the whole tree (format, types, packaging) counts as one test. Arguments choose steps by name: `npm test -- unit e2e`.
 * Steps that need nothing of each other run three at a time: many of them mostly wait.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Whether the step is a mocha run, which counts its own tests. */
  readonly mocha?: boolean;
  /** Whether the step needs the lab's parts. */
  readonly lab?: boolean;
  /** Whether the others need what the step makes, so that it runs by itself, before them. */
  readonly first?: boolean;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** What is told of the failures once more at the end, where it is found at once in a long log. */
  readonly failures: string[];
}

/** Lines of a failed tool that are told again at the end of a run. */
const MOST_LINES = 60;

const mocha = (...globs: string[]): string[] => ["mocha", "--reporter", "test/support/reporter.cjs", ...globs];

/** The real runs in which nothing may be lost: about half of the time that all real runs take. */
const NO_LOSS = "test/e2e/{killed-run,moves,nothing-lost*,other-urns,ways}.test.ts";

/**
 * In the order in which they are begun: of the long ones the longest first, so that all lines of work end together.
 */
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

/** Steps that run at a time: with one more than the smallest machine has cores, none of them idles. */
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

/** What one of several programs says. */
interface Output {
  tell(text: string | Buffer): void;
  end(): void;
}

/**
 * Shows what several programs say, one after the other: of those that began first as they go on, of others in their
 * turn.
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
 * Builds the lab's parts while steps run that need none: where nothing is cached, compilers are at work for minutes.
 *
 * Where they fail, the steps that need the parts try again and tell.
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
  const wholeStep = (): string =>
    `${step.name}, exit ${code}\n${Buffer.concat(said).toString("utf8").trimEnd().split("\n").slice(-MOST_LINES).join("\n")}`;
  const isRight = code === 0;
  if (step.mocha !== true)
    return { passed: isRight ? 1 : 0, failed: isRight ? 0 : 1, skipped: 0, failures: isRight ? [] : [wholeStep()] };
  if (!existsSync(countsFile)) return { passed: 0, failed: 1, skipped: 0, failures: [wholeStep()] };
  const counts = JSON.parse(readFileSync(countsFile, "utf8").trim().split("\n").at(-1) ?? "{}") as Counts;
  // a run that fails without a failed test has crashed
  if (!isRight && counts.failed === 0) return { ...counts, failed: 1, failures: [wholeStep()] };
  return { ...counts, failures: counts.failures.map((failure) => `${step.name}: ${failure}`) };
}

function run(command: readonly string[], env: NodeJS.ProcessEnv, tell: (text: Buffer) => void): Promise<number> {
  return new Promise((resolve) => {
    // a pipe hides the terminal from the tools, which would leave out their colours
    const coloured = process.stdout.isTTY ? { FORCE_COLOR: "1", ...env } : env;
    const child = spawn("npx", ["--no-install", ...command], { stdio: ["inherit", "pipe", "pipe"], env: coloured });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", tell);
    child.on("close", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

void main();
