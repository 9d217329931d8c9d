/** Looks for programs that are installed already, to avoid building them. */
import { access, constants } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { Installable } from "./catalog.js";

export interface FoundProgram {
  readonly folder: string;
  readonly version: string;
}

/** Returns the installed part: from `MESHWAY_LAB_BIN` first, then PATH; undefined if absent or too old. */
export async function findInstalled(part: Installable): Promise<FoundProgram | undefined> {
  for (const folder of searchFolders()) {
    // All programs of a part come from one folder: a CLI is only guaranteed to work with its own language host.
    if (!(await hasAll(folder, part))) continue;
    const version = await installedVersion(folder, part);
    if (version && compareVersions(version, part.oldestAccepted) >= 0) return { folder, version };
  }
  return undefined;
}

/** Returns the full path of an executable, or undefined. */
export async function findOnPath(binary: string): Promise<string | undefined> {
  for (const folder of searchFolders()) {
    const file = path.join(folder, binary);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** Compares dotted versions numerically; ignores a leading `v` and a trailing `-suffix`. */
function compareVersions(left: string, right: string): number {
  const numbers = (text: string) => text.replace(/^v/, "").split(/[.-]/).map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] || 0) - (b[index] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function searchFolders(): string[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return [process.env.MESHWAY_LAB_BIN ?? "", ...folders].filter((folder) => path.isAbsolute(folder));
}

async function hasAll(folder: string, part: Installable): Promise<boolean> {
  const found = await Promise.all(part.programs.map(({ binary }) => isExecutable(path.join(folder, binary))));
  return found.every(Boolean);
}

async function installedVersion(folder: string, part: Installable): Promise<string | undefined> {
  const [first] = part.programs;
  if (!first) return undefined;
  const result = await execa(path.join(folder, first.binary), part.versionArgs, { reject: false, timeout: 20_000 });
  return /\d+\.\d+\.\d+/.exec(result.stdout)?.[0];
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
