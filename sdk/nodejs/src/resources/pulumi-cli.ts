import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { thisStack } from "./engine.js";

/** The command, folder and environment of the CLI that runs this program. */
export interface Cli {
  readonly command: string;
  /** Its working directory, if known. */
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A process. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly executable: string;
}

/** Enough for a state of many thousands of objects. */
const MAX_OUTPUT = 1024 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** Runs a CLI query about this stack, and returns its JSON; undefined if it fails. */
export async function askCli<T>(question: string, ...options: readonly string[]): Promise<T | undefined> {
  const { command, ...rest } = findCli();
  // file backends without projects expect the stack's name alone
  for (const stack of [thisStack(), pulumi.getStack()]) {
    try {
      const args = ["stack", question, ...options, "--stack", stack, "--non-interactive"];
      const { stdout } = await promisify(execFile)(command, args, {
        ...rest,
        maxBuffer: MAX_OUTPUT,
        timeout: TIMEOUT_MS,
      });
      return JSON.parse(stdout) as T;
    } catch (error) {
      void pulumi.log.debug(`\`pulumi stack ${question}\` gives no answer: ${quietReasonOf(error)}`);
    }
  }
  return undefined;
}

/** Says why there is no answer. Parsers quote what they read, which may be a state with its secrets. */
export function quietReasonOf(error: unknown): string {
  return error instanceof SyntaxError ? "what it prints is no JSON" : String(error);
}

const NAME = process.platform === "win32" ? "pulumi.exe" : "pulumi";

/**
 * Finds the CLI that runs this program: as an ancestor process or, with the Automation API, a child process; next to
 * the language host that started this one; or where CLIs are installed.
 */
export function findCli(): Cli {
  const relatives = [...ancestors(), ...children()];
  const engine = relatives.find(({ executable }) => basename(executable) === NAME);
  if (engine !== undefined) return { command: engine.executable, ...settingsOf(engine) };
  const siblings = relatives.map(({ executable }) => join(dirname(executable), NAME));
  const { PATH = "", PULUMI_HOME = join(homedir(), ".pulumi") } = process.env;
  const installed = [...PATH.split(delimiter), join(PULUMI_HOME, "bin")].map((folder) => join(folder, NAME));
  return { command: [...siblings, ...installed].find((path) => existsSync(path)) ?? NAME, env: process.env };
}

/** Returns a process's working directory and environment if the system exposes them: this program's may differ. */
function settingsOf({ pid }: Process): Pick<Cli, "cwd" | "env"> {
  try {
    const env = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    const pairs = env.map((line) => line.split(/=(.*)/s)).filter(([key]) => key !== "");
    return { cwd: readlinkSync(`/proc/${pid}/cwd`), env: Object.fromEntries(pairs) };
  } catch {
    return { env: process.env };
  }
}

function ancestors(): readonly Process[] {
  const found: Process[] = [];
  for (let pid = process.ppid; pid > 1; ) {
    const next = lookUp(pid);
    if (next === undefined) break;
    found.push(next);
    pid = next.parent;
  }
  return found;
}

function children(): readonly Process[] {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
    return pids.flatMap((pid) => lookUp(Number(pid)) ?? []);
  } catch {
    return [];
  }
}

function lookUp(pid: number): Process | undefined {
  try {
    if (process.platform === "darwin") {
      const line = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" });
      const [, parent, executable = ""] = /^\s*(\d+)\s+(.*)$/m.exec(line) ?? [];
      return { pid, parent: Number(parent), executable };
    }
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return {
      pid,
      parent: Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1]),
      // Linux appends this if the file was replaced while the program runs
      executable: readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ""),
    };
  } catch {
    return undefined;
  }
}
