import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { isLeftOver, isOwnFile } from "./own-file.js";

/** The reason why nothing could be written. */
export class OutputError extends Error {}

/** Planned changes to files, checked as far as possible without writing. */
export interface OutputPlan {
  /** Missing folders, outer ones first. */
  readonly folders: readonly string[];
  /** Files to write, without unchanged ones. */
  readonly writes: readonly Write[];
  /** Files of earlier renders that are no longer rendered. */
  readonly stale: readonly string[];
  /** Folders to remove if they are empty then; never those behind symbolic links, which would dangle. */
  readonly cleared: readonly string[];
  /** Temporary files of killed runs. */
  readonly leftOver: readonly string[];
}

/** A file to write. */
export interface Write {
  readonly path: string;
  readonly text: string;
  /** Current content; absent for a new file. */
  readonly before?: Buffer;
}

/**
 * Plans the changes to a folder. Throws `OutputError` if something could not be written, and a system error if
 * something can't be read.
 */
export function planOutput(
  folder: string,
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>,
  clusters: readonly string[] | undefined,
  isOfPart: (name: string) => boolean = () => true,
): OutputPlan {
  refusePseudo(folder);
  const folders = new Set<string>();
  addMissing(folder, folders);
  const writes: Write[] = [];
  const kept = new Set<string>();
  const writers = new Map<string, string>();
  for (const [cluster, files] of texts) {
    const path = join(folder, cluster);
    addMissing(path, folders);
    const real = folders.has(path) ? path : realpathSync(path);
    const other = writers.get(real);
    if (other !== undefined)
      throw new OutputError(`${join(folder, other)} and ${path} are one folder, expected one for each cluster`);
    writers.set(real, cluster);
    for (const [file, text] of files) {
      kept.add(join(real, file));
      const write = writeOf(join(path, file), text);
      if (write !== undefined) writes.push(write);
    }
  }
  const existing = foldersIn(folder, clusters).map((name) => join(folder, name));
  const real = new Set(existing.map((path) => realpathSync(path)));
  const entries = [...real].flatMap((path) => readdirSync(path).map((name) => join(path, name)));
  const isStale = (path: string) => path.endsWith(".yaml") && isOfPart(basename(path)) && !kept.has(path);
  const stale = entries.filter((path) => isStale(path) && isOwnFile(path)).sort();
  const leftOver = entries.filter(isLeftOver);
  for (const path of new Set([...writes.map((each) => each.path), ...stale, ...leftOver, ...folders].map(dirname)))
    refuseUnwritable(path);
  const emptied = new Set(stale.map(dirname));
  const cleared = existing.filter((path) => lstatSync(path).isDirectory() && emptied.has(realpathSync(path)));
  return { folders: [...folders], writes, stale, leftOver, cleared };
}

/** Kernel interfaces of Linux; shared memory is a regular file system. */
const PSEUDO = ["/proc", "/sys", "/dev"];
const SHARED_MEMORY = "/dev/shm";

function refusePseudo(folder: string): void {
  const found = nearest(folder);
  // a dangling or circular link is rejected later, as not a folder
  if (statsOf(found, statSync) === undefined) return;
  const path = realpathSync(found);
  const isIn = (root: string): boolean => path === root || path.startsWith(`${root}${sep}`);
  const root = PSEUDO.find(isIn);
  if (root !== undefined && !isIn(SHARED_MEMORY))
    throw new OutputError(`${folder} lies in ${root}, which holds no files of its own: choose another folder`);
}

/** Returns the stats of a path, if it exists: nothing exists below a file, or behind a circular link. */
function statsOf(path: string, look: typeof statSync): Stats | undefined {
  try {
    return look(path, { throwIfNoEntry: false });
  } catch (error) {
    const isNothing = error instanceof Error && "code" in error && ["ENOTDIR", "ELOOP"].includes(String(error.code));
    if (isNothing) return undefined;
    throw error;
  }
}

/** Returns the path itself, or its nearest existing parent. */
function nearest(path: string): string {
  const full = resolve(path);
  return statsOf(full, lstatSync) !== undefined || dirname(full) === full ? full : nearest(dirname(full));
}

/** Adds the missing folders of a path. */
function addMissing(path: string, missing: Set<string>): void {
  if (missing.has(path)) return;
  const stats = statsOf(path, statSync);
  if (stats?.isDirectory() === true) return;
  if (stats !== undefined || statsOf(path, lstatSync) !== undefined)
    throw new OutputError(`${path} is no folder: move it away, or choose another folder`);
  if (dirname(path) !== path) addMissing(dirname(path), missing);
  missing.add(path);
}

/** Returns the change to a file, if any. */
function writeOf(path: string, text: string): Write | undefined {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { path, text };
  if (!isOwnFile(path))
    throw new OutputError(`${path} exists and was not rendered by meshway: move it away, or choose another folder`);
  const before = readFileSync(path);
  return before.equals(Buffer.from(text)) ? undefined : { path, text, before };
}

/** Returns the existing folders of clusters, including symbolic links. */
function foldersIn(folder: string, clusters: readonly string[] | undefined): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = clusters ?? readdirSync(folder);
  return names.filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true);
}

/** Rejects a folder that can't be written to; a missing folder is created in its nearest existing parent. */
function refuseUnwritable(folder: string): void {
  const path = nearest(folder);
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new OutputError(`${path} can't be written to: ${error instanceof Error ? error.message : String(error)}`);
  }
}
