/**
 * Runs everything that `npm test` promises and ends with `N passed, N failed, N skipped`.
 *
 * A tool that checks the whole tree (format, types, packaging) counts as one test. Arguments choose steps by name: `npm test -- unit e2e`.
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
  /** Whether the step runs beside the others that need the lab, after others of its kind: they mostly wait, as those do. */
  readonly beside?: boolean;
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

const STEPS: readonly Step[] = [
  { name: "build", command: ["tsc", "-p", "sdk/nodejs/tsconfig.json"] },
  { name: "client", command: ["tsx", "sdk/nodejs/bundle.cjs"] },
  { name: "bundle", command: ["tsx", "provider/bundle.ts"] },
  { name: "lint", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "types", command: ["tsc", "--noEmit", "-p", "tsconfig.json"] },
  { name: "unused", command: ["knip", "--no-config-hints"] },
  {
    name: "unit",
    command: mocha("test/{unit,golden,property,resources,architecture,schema,types,examples}/**/*.test.ts"),
    mocha: true,
  },
  { name: "commands", command: mocha("test/commands/**/*.test.ts"), mocha: true },
  { name: "provider", command: mocha("test/lab/kubernetes-provider/test/**/*.test.ts"), mocha: true, lab: true },
  { name: "differential", command: mocha("test/differential/**/*.test.ts"), mocha: true, lab: true },
  { name: "refusals", command: mocha("test/refusals/**/*.test.ts"), mocha: true, lab: true },
  { name: "e2e", command: mocha("test/e2e/**/*.test.ts"), mocha: true, lab: true },
  { name: "traffic", command: mocha("test/traffic/**/*.test.ts"), mocha: true, lab: true, beside: true },
  { name: "istioctl", command: mocha("test/istioctl/**/*.test.ts"), mocha: true, lab: true, beside: true },
];

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
  const parts = steps.some(({ lab }) => lab === true) ? buildParts() : undefined;
  const runAll = async (all: readonly Step[], held?: HeldOutput): Promise<void> => {
    for (const step of all) {
      const counts = await runStep(step, join(folder, `${step.name}.json`), held);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      total.failures.push(...counts.failures);
    }
  };
  const [first, last] = [steps.filter(({ lab }) => lab !== true), steps.filter(({ lab }) => lab === true)];
  await runAll(first);
  if (last.length > 0) await parts?.finish();
  const [inTurn, beside] = [last.filter((step) => step.beside !== true), last.filter((step) => step.beside === true)];
  // of two steps at a time one is shown as it goes on, the other when there is room
  const held = new HeldOutput();
  const running = runAll(beside, inTurn.length > 0 ? held : undefined);
  await runAll(inTurn);
  held.show();
  await running;
  rmSync(folder, { recursive: true, force: true });
  for (const failure of total.failures) console.log(`\n== failed: ${failure}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Output that waits until it may be shown; from then on it is shown at once. */
class HeldOutput {
  #lines: (string | Buffer)[] | undefined = [];

  take(text: string | Buffer): void {
    if (this.#lines === undefined) process.stdout.write(text);
    else this.#lines.push(text);
  }

  show(): void {
    for (const text of this.#lines ?? []) process.stdout.write(text);
    this.#lines = undefined;
  }
}

/**
 * Builds the lab's parts while steps run that need none: where nothing is cached, compilers are at work for minutes.
 *
 * `finish` shows what they say until they are done. Where they fail, the steps that need the parts try again and tell.
 */
function buildParts(): { finish: () => Promise<void> } {
  const child = spawn("npx", ["--no-install", "tsx", "test/lab/main.ts", "build"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const done = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const held = new HeldOutput();
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => held.take(text));
  return {
    finish: async () => {
      held.show();
      await done;
    },
  };
}

/** Runs a step; its output goes where ours does, unless something holds it. */
async function runStep(step: Step, countsFile: string, held?: HeldOutput): Promise<Counts> {
  const said: Buffer[] = [];
  const tell = (text: string | Buffer): void => {
    if (held === undefined) process.stdout.write(text);
    else held.take(text);
  };
  const started = Date.now();
  tell(`\n== ${step.name}: ${step.command.join(" ")}\n`);
  const code = await run(step.command, { ...process.env, MESHWAY_COUNTS: countsFile }, (text) => {
    said.push(text);
    tell(text);
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  tell(`== ${step.name} ${code === 0 ? "ok" : `failed (exit ${code})`}, ${seconds} s\n`);
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
