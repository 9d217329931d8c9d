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
 * Writes everything to parts first, then puts these in the places of the files, then removes what is stale.
 *
 * So each file is the old one or the new one at any time, and nothing is removed before all that is new is there. Where a step before that
 * fails, those before it are taken back.
 */
export function replaceFiles({ folders, writes, stale, leftOver, cleared }: OutputPlan): void {
  for (const path of leftOver) rmSync(path, { force: true });
  // with nothing to lose, the disk may take its time
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
    takeBack(done, error);
  }
  if (isAtStake) for (const folder of new Set(writes.map(({ path }) => dirname(path)))) flushFolder(folder);
  prune(stale, cleared);
}

/** A step that was done, and how to take it back. */
interface Undo {
  readonly path: string;
  readonly undo: () => void;
}

/** Takes steps back, the last one first, and throws what failed, with what could not be taken back. */
function takeBack(done: readonly Undo[], error: unknown): never {
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
  throw new OutputError(`${reason}; and what was done could not be taken back at ${stuck.join(", ")}`);
}

/** Writes a file's new text beside it; `flushed` all the way to the disk, so that a machine that stops has the old text or the new one. */
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

/** Gives a file the bytes that it had, or removes it where it was not there. */
function putBack(path: string, before: Buffer | undefined): void {
  if (before === undefined) unlinkSync(path);
  else {
    writeFileSync(partOf(path), before);
    renameSync(partOf(path), path);
  }
}

/** Lets the new names reach the disk before old ones go; where a system can't do that for folders, it orders them by itself. */
function flushFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(path, "r");
    fsyncSync(folder);
  } catch {
    // the names are there for everyone but a machine that stops
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/** Removes files, and folders that are empty then. What can't be removed keeps nothing else from being removed. */
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
      // it holds something else, and where it holds nothing it does no harm
    }
  }
  if (stuck.length > 0)
    throw new OutputError(
      `all objects are written, but some that are no longer rendered could not be removed: ${stuck.join(", ")}`,
    );
}
