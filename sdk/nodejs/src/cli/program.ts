import { spawn } from "node:child_process";
import { constants } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Outcome, unreadable } from "./outcome.js";
import { type Project, ProjectError, readProject } from "./project.js";

/** Input of the program's process. */
export interface HostInput {
  readonly project: Project;
}

/** Runs a program in its own process, without any cluster and without Pulumi's engine. */
export async function runProgram(source: string, path: string, stack: string | undefined): Promise<Outcome> {
  let project: Project;
  try {
    project = readProject(path, stack);
  } catch (error) {
    if (error instanceof ProjectError) return unreadable(source, error.message);
    throw error;
  }
  const { end, output } = await runHost({ project });
  const outcome = outcomeIn(output) ?? {
    diagnostics: [],
    objects: [],
    clusters: [],
    notes: [],
    failure: `it ended before all of its values were known (${end})`,
  };
  return { ...outcome, notes: [...project.notes, ...outcome.notes] };
}

/** Returns a host's outcome; undefined if the host ended before it was complete. */
function outcomeIn(output: string): Outcome | undefined {
  try {
    return JSON.parse(output) as Outcome;
  } catch {
    return undefined;
  }
}

/** The file descriptor to which a host writes an `Outcome` as JSON: a pipe, which a full disk can't affect. */
export const OUTCOME = 3;

/** Returns the environment that Pulumi's engine would set, which every copy of Pulumi's SDK in the program reads. */
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

/** Starts the host; the program's output goes to standard error, because standard output is for the findings. */
function runHost(input: HostInput): Promise<{ readonly end: string; readonly output: string }> {
  const host = join(__dirname, `program-host${extname(__filename)}`);
  const memory = process.execArgv.filter((option) => option.startsWith("--max-"));
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const child = spawn(process.execPath, [...memory, "--import", tsx, host, JSON.stringify(input)], {
    cwd: input.project.folder,
    env: { ...process.env, ...pulumiEnvironment(input.project) },
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
      resolve({ end: signal === null ? `exit code ${code}` : signal, output: Buffer.concat(parts).toString("utf8") });
    });
  });
}
