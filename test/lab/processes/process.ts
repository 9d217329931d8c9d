/** Long-running programs of the lab: launched in their own session, known by pid, stopped one by one. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { execa } from "execa";
import type { Guard } from "./guard.js";
import { poll } from "./poll.js";

/** A process that this lab started, possibly in an earlier run. */
export interface ProcessId {
  readonly pid: number;
  /** Text in its command line: after a reboot, the pid may belong to another program. */
  readonly marker: string;
}

export interface LaunchOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly marker: string;
  readonly logFile: string;
  readonly guard: Guard;
  /** Default: this process's own. */
  readonly cwd?: string;
  /** Added to this process's own variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A process started by this run. */
export interface Launched extends ProcessId {
  readonly hasExited: () => boolean;
  /** Returns its output since launch. */
  readonly log: () => string;
}

/** Starts a program in its own session, so that Ctrl-C in the terminal reaches only the lab. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const log = openSync(options.logFile, "a", 0o600);
  const start = statSync(options.logFile).size;
  try {
    const child = spawn(options.command, options.args, {
      detached: true,
      stdio: ["ignore", log, log],
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      ...(options.env && { env: { ...process.env, ...options.env } }),
    });
    let exited = false;
    const { guard } = options;
    child.once("exit", () => {
      exited = true;
      if (child.pid) guard.forget(child.pid);
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
    if (child.pid === undefined) throw new Error(`${options.command} did not start`);
    guard.watch(child.pid);
    return {
      pid: child.pid,
      marker: options.marker,
      hasExited: () => exited,
      log: () => readFileSync(options.logFile).subarray(start).toString("utf8"),
    };
  } finally {
    closeSync(log);
  }
}

/** Returns true while the process runs and is still the one that the lab started. */
export async function isRunning(target: ProcessId): Promise<boolean> {
  return (await stageOf(target)) === "running";
}

/** Asks a process to stop, and kills it after `graceMs`. */
export async function terminate(target: ProcessId, graceMs = 8_000): Promise<void> {
  if (!(await signal(target, "SIGTERM"))) return;
  const ended = await poll(async () => (await stageOf(target)) === "gone", { timeoutMs: graceMs, everyMs: 50 });
  if (!ended) await kill(target);
}

/** Kills a process, as a crash would. */
export async function kill(target: ProcessId): Promise<void> {
  if (!(await signal(target, "SIGKILL"))) return;
  const ended = await poll(async () => (await stageOf(target)) === "gone", { timeoutMs: 10_000, everyMs: 20 });
  if (!ended) throw new Error(`process ${target.pid} (${target.marker}) survived SIGKILL`);
}

/** Returns processes whose command line contains `marker`, whatever started them. */
export async function findByMarker(marker: string): Promise<ProcessId[]> {
  const result = await execa("ps", ["-A", "-ww", "-o", "pid=", "-o", "command="], { reject: false });
  return result.stdout
    .split("\n")
    .filter((line) => line.includes(marker))
    .map((line) => ({ pid: Number.parseInt(line, 10), marker }))
    .filter(({ pid }) => pid > 0 && pid !== process.pid);
}

async function signal(target: ProcessId, name: NodeJS.Signals): Promise<boolean> {
  if (!(await isRunning(target))) return false;
  try {
    process.kill(target.pid, name);
    return true;
  } catch {
    return false;
  }
}

/** "ending" is a dying process with open ports; its command line is empty already. */
type Stage = "running" | "ending" | "gone";

async function stageOf({ pid, marker }: ProcessId): Promise<Stage> {
  try {
    process.kill(pid, 0);
  } catch {
    return "gone";
  }
  const { state, command } = await inspect(pid);
  // A zombie holds no resources; it only waits for its parent to reap it.
  if (state === "" || /^[ZX]/.test(state)) return "gone";
  if (command.includes(marker)) return "running";
  return command === "" ? "ending" : "gone";
}

async function inspect(pid: number): Promise<{ state: string; command: string }> {
  if (process.platform !== "linux") {
    const { stdout } = await execa("ps", ["-ww", "-o", "stat=", "-o", "command=", "-p", String(pid)], {
      reject: false,
    });
    const [state = "", ...command] = stdout.trim().split(/\s+/);
    return { state, command: command.join(" ") };
  }
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
  // The program's name is in parentheses before the state, and may contain anything.
  const [stat, command] = [await read("stat"), await read("cmdline")];
  return { state: stat.slice(stat.lastIndexOf(")") + 2), command };
}
