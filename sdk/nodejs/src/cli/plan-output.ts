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

/** Why nothing could be written. */
export class OutputError extends Error {}

/** What is to be done to files, all of it checked as far as that is possible without writing. */
export interface OutputPlan {
  /** Folders that are missing, outer ones first. */
  readonly folders: readonly string[];
  /** Files to write, those that are the same already left out. */
  readonly writes: readonly Write[];
  /** Files of earlier renders that are no longer rendered. */
  readonly stale: readonly string[];
  /** Folders that may be empty then, and go; never those behind symbolic links, which would lead nowhere. */
  readonly cleared: readonly string[];
  /** Parts that killed runs have left over. */
  readonly leftOver: readonly string[];
}

/** A file to write. */
export interface Write {
  readonly path: string;
  readonly text: string;
  /** What it holds now; absent where it is new. */
  readonly before?: Buffer;
}

/** Looks at what is there. Throws `OutputError` where something could not be written, and an error of the system where something can't be read. */
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

/** Where Linux shows its own state as files; shared memory is a file system like others. */
const PSEUDO = ["/proc", "/sys", "/dev"];
const SHARED_MEMORY = "/dev/shm";

function refusePseudo(folder: string): void {
  const found = nearest(folder);
  // a link that leads nowhere, or to itself, is refused as no folder
  if (statsOf(found, statSync) === undefined) return;
  const path = realpathSync(found);
  const isIn = (root: string): boolean => path === root || path.startsWith(`${root}${sep}`);
  const root = PSEUDO.find(isIn);
  if (root !== undefined && !isIn(SHARED_MEMORY))
    throw new OutputError(`${folder} lies in ${root}, which holds no files of its own: choose another folder`);
}

/** Returns what is at a path, if anything: nothing is below a file, or behind a link that leads to itself. */
function statsOf(path: string, look: typeof statSync): Stats | undefined {
  try {
    return look(path, { throwIfNoEntry: false });
  } catch (error) {
    const isNothing = error instanceof Error && "code" in error && ["ENOTDIR", "ELOOP"].includes(String(error.code));
    if (isNothing) return undefined;
    throw error;
  }
}

/** The path itself, or the nearest folder around it that is there. */
function nearest(path: string): string {
  const full = resolve(path);
  return statsOf(full, lstatSync) !== undefined || dirname(full) === full ? full : nearest(dirname(full));
}

/** Adds the folders that a path lacks. */
function addMissing(path: string, missing: Set<string>): void {
  if (missing.has(path)) return;
  const stats = statsOf(path, statSync);
  if (stats?.isDirectory() === true) return;
  if (stats !== undefined || statsOf(path, lstatSync) !== undefined)
    throw new OutputError(`${path} is no folder: move it away, or choose another folder`);
  if (dirname(path) !== path) addMissing(dirname(path), missing);
  missing.add(path);
}

/** What is to be written to a file, if anything. */
function writeOf(path: string, text: string): Write | undefined {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { path, text };
  if (!isOwnFile(path))
    throw new OutputError(`${path} exists and was not rendered by meshway: move it away, or choose another folder`);
  const before = readFileSync(path);
  return before.equals(Buffer.from(text)) ? undefined : { path, text, before };
}

/** The folders of clusters that are there, those behind symbolic links too. */
function foldersIn(folder: string, clusters: readonly string[] | undefined): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = clusters ?? readdirSync(folder);
  return names.filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true);
}

/** Refuses a folder in which nothing can be made; one that is missing is made in the nearest one around it. */
function refuseUnwritable(folder: string): void {
  const path = nearest(folder);
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new OutputError(`${path} can't be written to: ${error instanceof Error ? error.message : String(error)}`);
  }
}
