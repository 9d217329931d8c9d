/** Runs the Pulumi CLI on the lab's own stack. */
import { readdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { exists } from "../parts/cache.js";
import type { Lab } from "../start-lab.js";
import { LAB_STACK } from "./project.js";

export interface Target {
  readonly lab: Lab;
  /** Folder of the Pulumi project. */
  readonly project: string;
}

/** Runs `pulumi COMMAND` on the lab's stack in this terminal; returns the exit code. */
export async function runPulumi(target: Target, command: string, flags: readonly string[]): Promise<number> {
  const { lab, project } = target;
  const args = [command, "--stack", LAB_STACK, ...(await configFlags(target)), ...flags];
  // Ctrl-C reaches the CLI too, which then exits cleanly; its parent must wait for that.
  const wait = () => undefined;
  process.on("SIGINT", wait);
  try {
    const result = await execa("pulumi", args, { cwd: project, env: lab.env, stdio: "inherit", reject: false });
    return result.exitCode ?? 1;
  } finally {
    process.off("SIGINT", wait);
  }
}

/** Creates the lab's stack if needed, and removes the lock of a killed run. */
export async function prepareStack(target: Target): Promise<void> {
  const { lab, project } = target;
  const inProject = path.join(project, `Pulumi.${LAB_STACK}.yaml`);
  const usersOwn = await exists(inProject);
  await execa("pulumi", ["stack", "select", LAB_STACK, "--create", "--non-interactive"], {
    cwd: project,
    env: lab.env,
  });
  // Creating a stack writes its settings into the project, where Git would show them.
  if (!usersOwn && (await exists(inProject))) await rename(inProject, settingsFile(lab));
  if (await isLockedByTheDead(lab)) {
    await execa("pulumi", ["cancel", "--yes", "--stack", LAB_STACK], { cwd: project, env: lab.env });
  }
}

/** Returns true if the lab's stack exists. */
export async function hasStack(lab: Lab): Promise<boolean> {
  const files = await listFiles(path.join(lab.folder, "backend", ".pulumi", "stacks"));
  return files.some((file) => path.basename(file) === `${LAB_STACK}.json`);
}

function settingsFile(lab: Lab): string {
  return path.join(lab.folder, `Pulumi.${LAB_STACK}.yaml`);
}

async function configFlags({ lab }: Target): Promise<string[]> {
  const file = settingsFile(lab);
  return (await exists(file)) ? ["--config-file", file] : [];
}

async function isLockedByTheDead(lab: Lab): Promise<boolean> {
  const locks = await listFiles(path.join(lab.folder, "backend", ".pulumi", "locks"));
  const owners = await Promise.all(
    locks.filter((file) => file.endsWith(".json")).map(async (file) => JSON.parse(await readFile(file, "utf8")).pid),
  );
  return owners.length > 0 && !owners.some((pid) => typeof pid === "number" && isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
