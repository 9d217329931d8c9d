import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Outcome, unreadable } from "./outcome.js";
import { type Project, ProjectError, readProject } from "./project.js";

/** What the program's process is told. */
export interface Order {
  readonly project: Project;
  /** File to which it writes an `Outcome` as JSON. */
  readonly result: string;
}

/** Runs a program in a process of its own, without any cluster and without Pulumi's engine. */
export async function runProgram(source: string, path: string, stack: string | undefined): Promise<Outcome> {
  let project: Project;
  try {
    project = readProject(path, stack);
  } catch (error) {
    if (error instanceof ProjectError) return unreadable(source, error.message);
    throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), "meshway-render-"));
  try {
    const result = join(folder, "outcome.json");
    const end = await runHost({ project, result });
    const outcome = existsSync(result)
      ? (JSON.parse(readFileSync(result, "utf8")) as Outcome)
      : {
          diagnostics: [],
          objects: [],
          clusters: [],
          notes: [],
          failure: `it ended before all of its values were known (${end})`,
        };
    return { ...outcome, notes: [...project.notes, ...outcome.notes] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Pulumi's engine would tell the program, read by every copy of Pulumi's SDK in it. */
function pulumiEnvironment({ name, stack, folder, config }: Project): Readonly<Record<string, string>> {
  return {
    PULUMI_NODEJS_ORGANIZATION: "organization",
    PULUMI_NODEJS_PROJECT: name,
    PULUMI_NODEJS_STACK: stack,
    PULUMI_NODEJS_ROOT_DIRECTORY: folder,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: "[]",
  };
}

/** Starts the host; what the program prints goes to standard error, because standard output is for the findings. */
function runHost(order: Order): Promise<string> {
  const host = join(__dirname, `program-host${extname(__filename)}`);
  const memory = process.execArgv.filter((option) => option.startsWith("--max-"));
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const child = spawn(process.execPath, [...memory, "--import", tsx, host, JSON.stringify(order)], {
    cwd: order.project.folder,
    env: { ...process.env, ...pulumiEnvironment(order.project) },
    stdio: ["inherit", 2, 2],
  });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.once("SIGINT", forward).once("SIGTERM", forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (signal !== null && (signal === "SIGINT" || signal === "SIGTERM"))
        process.exit(128 + constants.signals[signal]);
      resolve(signal === null ? `exit code ${code}` : signal);
    });
  });
}
