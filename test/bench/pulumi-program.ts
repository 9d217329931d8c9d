/** Runs the Pulumi CLI on one of the benchmark's programs. */
import { execFile } from "node:child_process";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const REPOSITORY = resolve(__dirname, "../..");
const STACK = "bench";
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** A program that is ready to run. */
export interface PulumiProgram {
  /** Runs `pulumi COMMAND` on the program's stack and returns the seconds it took. */
  run(command: string, ...flags: string[]): Promise<number>;
}

/** Copies the program `name` into `folder` with its input and an empty stack, which keeps the repository clean. */
export async function pulumiProgram(
  name: "meshway" | "bare",
  options: { readonly folder: string; readonly input: unknown; readonly env: Readonly<Record<string, string>> },
): Promise<PulumiProgram> {
  const folder = join(options.folder, name);
  await mkdir(options.folder, { recursive: true });
  await cp(join(__dirname, "programs", name), folder, { recursive: true });
  await symlink(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "dir");
  const input = join(folder, "input.json");
  await writeFile(input, JSON.stringify(options.input));
  const env = { ...process.env, ...options.env, BENCH_INPUT: input };
  const pulumi = async (...args: string[]) => {
    const started = performance.now();
    await execute("pulumi", [...args, "--non-interactive"], { cwd: folder, env, maxBuffer: LARGEST_OUTPUT }).catch(
      (error: Error & { stdout?: string; stderr?: string }) => {
        const said = `${error.stdout ?? ""}${error.stderr ?? ""}`.slice(-2000);
        throw new Error(`pulumi ${args[0]} of the program "${name}" failed: ${error.message.split("\n")[0]}\n${said}`);
      },
    );
    return (performance.now() - started) / 1000;
  };
  await pulumi("stack", "init", STACK);
  return { run: (command, ...flags) => pulumi(command, "--stack", STACK, ...flags) };
}

const execute = promisify(execFile);
