/** A file system that fails, or stops as if killed, at one chosen operation. */
import fs from "node:fs";

const READS = [
  "accessSync",
  "existsSync",
  "lstatSync",
  "readFileSync",
  "readSync",
  "readdirSync",
  "realpathSync",
  "statSync",
];
const CHANGES = [
  "closeSync",
  "fsyncSync",
  "mkdirSync",
  "openSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "unlinkSync",
  "writeFileSync",
  "writeSync",
];

/** Operations whose result can't report a failure. */
const SILENT = ["existsSync", "closeSync"];

type Operation = (...args: unknown[]) => unknown;

const disk = fs as unknown as Record<string, Operation>;

/** Fault at the chosen operation: it `fails` once, or the process is `killed` there and does nothing more. */
export type Fault = "fails" | "killed";

/** Runs `work` with a fault at operation `step`, counted from 1; returns its error and the number of operations. */
export function withFault(
  fault: Fault,
  step: number,
  work: () => void,
): { readonly error?: unknown; readonly steps: number } {
  const names = [...CHANGES, ...(fault === "fails" ? READS : [])];
  const originals = new Map(names.map((name) => [name, disk[name] as Operation]));
  let steps = 0;
  for (const [name, original] of originals) {
    disk[name] = (...args) => {
      steps += 1;
      const isDead = fault === "killed" && steps > step;
      if (steps !== step && !isDead) return original(...args);
      // an interrupted write leaves half of the text
      if (!isDead && name === "writeFileSync") original(args[0], String(args[1]).slice(0, String(args[1]).length / 2));
      if (fault === "fails" && SILENT.includes(name)) return original(...args);
      throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: "ENOSPC", syscall: name });
    };
  }
  try {
    work();
    return { steps };
  } catch (error) {
    return { error, steps };
  } finally {
    Object.assign(disk, Object.fromEntries(originals));
  }
}
