import { spawn } from "node:child_process";
import { constants } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Outcome, unreadable } from "./outcome.js";
import { type Project, ProjectError, readProject } from "./project.js";

/** What the program's process is told. */
export interface Order {
  readonly project: Project;
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
  const { end, said } = await runHost({ project });
  const outcome = outcomeIn(said) ?? {
    diagnostics: [],
    objects: [],
    clusters: [],
    notes: [],
    failure: `it ended before all of its values were known (${end})`,
  };
  return { ...outcome, notes: [...project.notes, ...outcome.notes] };
}

/** The outcome that a host told; undefined where it ended before, or within it. */
function outcomeIn(said: string): Outcome | undefined {
  try {
    return JSON.parse(said) as Outcome;
  } catch {
    return undefined;
  }
}

/** The descriptor to which a host writes an `Outcome` as JSON: a pipe, which no disk can be too full for. */
export const OUTCOME = 3;

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
function runHost(order: Order): Promise<{ readonly end: string; readonly said: string }> {
  const host = join(__dirname, `program-host${extname(__filename)}`);
  const memory = process.execArgv.filter((option) => option.startsWith("--max-"));
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const child = spawn(process.execPath, [...memory, "--import", tsx, host, JSON.stringify(order)], {
    cwd: order.project.folder,
    env: { ...process.env, ...pulumiEnvironment(order.project) },
    stdio: ["inherit", 2, 2, "pipe"],
  });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.once("SIGINT", forward).once("SIGTERM", forward);
  const parts: Buffer[] = [];
  child.stdio[OUTCOME]?.on("data", (part: Buffer) => parts.push(part));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (signal !== null && (signal === "SIGINT" || signal === "SIGTERM"))
        process.exit(128 + constants.signals[signal]);
      resolve({ end: signal === null ? `exit code ${code}` : signal, said: Buffer.concat(parts).toString("utf8") });
    });
  });
}
