import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { partOf } from "./own-file.js";
import { OutputError, type OutputPlan } from "./plan-output.js";

/**
 * Writes everything to temporary files first, then renames them over the files, then removes stale files.
 *
 * Each file is therefore always the old or the new one, and nothing is removed before everything new is in place. If a
 * step before that fails, the earlier ones are rolled back.
 */
export function replaceFiles({ folders, writes, stale, leftOver, cleared }: OutputPlan): void {
  for (const path of leftOver) rmSync(path, { force: true });
  // if nothing is replaced or removed, no flush to the disk is needed
  const isAtStake = stale.length > 0 || writes.some(({ before }) => before !== undefined);
  const done: Undo[] = [];
  try {
    for (const path of folders) {
      mkdirSync(path);
      done.push({ path, undo: () => rmdirSync(path) });
    }
    for (const { path, text } of writes) {
      done.push({ path: partOf(path), undo: () => removePart(path) });
      writePart(path, text, isAtStake);
    }
    for (const { path, before } of writes) {
      renameSync(partOf(path), path);
      done.push({ path, undo: () => putBack(path, before) });
    }
  } catch (error) {
    rollBack(done, error);
  }
  if (isAtStake) for (const folder of new Set(writes.map(({ path }) => dirname(path)))) flushFolder(folder);
  prune(stale, cleared);
}

/** A completed step, and its rollback. */
interface Undo {
  readonly path: string;
  readonly undo: () => void;
}

/** Rolls back steps, the last one first, and throws the error, with the paths that could not be rolled back. */
function rollBack(done: readonly Undo[], error: unknown): never {
  const stuck: string[] = [];
  for (const { path, undo } of [...done].reverse()) {
    try {
      undo();
    } catch {
      stuck.push(path);
    }
  }
  if (stuck.length === 0) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  throw new OutputError(`${reason}; and the changes could not be rolled back at ${stuck.join(", ")}`);
}

/**
 * Writes a file's new text next to it; `flushed` to the disk, so that a crashed machine has the old text or the new
 * one.
 */
function writePart(path: string, text: string, flushed: boolean): void {
  const file = openSync(partOf(path), "wx");
  try {
    writeFileSync(file, text);
    if (flushed) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removePart(path: string): void {
  if (lstatSync(partOf(path), { throwIfNoEntry: false }) !== undefined) unlinkSync(partOf(path));
}

/** Restores a file's content, or removes a file that did not exist. */
function putBack(path: string, before: Buffer | undefined): void {
  if (before === undefined) unlinkSync(path);
  else {
    writeFileSync(partOf(path), before);
    renameSync(partOf(path), path);
  }
}

/**
 * Flushes the new names to disk before old ones are removed; systems that can't do that for folders order them
 * themselves.
 */
function flushFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(path, "r");
    fsyncSync(folder);
  } catch {
    // the names are visible to everyone, and only a machine crash could lose them
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/** Removes files, and folders that are empty then. Continues with the others if one can't be removed. */
function prune(stale: readonly string[], cleared: readonly string[]): void {
  const stuck: string[] = [];
  for (const path of stale) {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      stuck.push(error instanceof Error ? error.message : path);
    }
  }
  for (const folder of cleared) {
    try {
      rmdirSync(folder);
    } catch {
      // it holds other files; if it is empty, it does no harm
    }
  }
  if (stuck.length > 0)
    throw new OutputError(
      `all objects are written, but some that are no longer rendered could not be removed: ${stuck.join(", ")}`,
    );
}
