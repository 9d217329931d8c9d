/** Runs the Pulumi CLI. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";

/** The result of one CLI run. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  /** Both streams interleaved, as on a terminal. */
  readonly text: string;
}

export interface RunningPulumi {
  readonly answer: Promise<Answer>;
  /** Kills the CLI, its plugins and the program at once, as a crash of the machine would. */
  kill(): void;
  /** Interrupts it once, like Ctrl-C, which cancels pending operations. */
  interrupt(): void;
}

const running = new Set<ChildProcess>();

/** Starts `pulumi` in a folder. */
export function startPulumi(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): RunningPulumi {
  const child = spawn("pulumi", args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let stdout = "";
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    text += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      running.delete(child);
      if (signal !== null) resolve({ code: 128, stdout, text });
      else child.on("close", () => resolve({ code: code ?? 1, stdout, text }));
    });
  });
  return { answer, kill: () => killTree(child), interrupt: () => child.kill("SIGINT") };
}

/** Stops runs that a failed test did not wait for. */
export function stopLeftOvers(): void {
  for (const child of running) killTree(child);
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  // plugins have their own process groups
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [child.pid];
  for (const parent of tree) {
    for (const [pid, ppid] of rows) if (ppid === parent && pid !== undefined) tree.push(pid);
  }
  for (const pid of tree) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has exited already
    }
  }
}
