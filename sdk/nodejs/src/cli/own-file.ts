import { closeSync, lstatSync, openSync, readSync } from "node:fs";

/** First line of every file that `meshway render` writes; only files with it are ever changed or removed. */
export const HEADER = "# rendered by meshway";

/** Returns true if a file starts with the header. */
export function isOwnFile(path: string): boolean {
  const start = startOf(path);
  return start !== undefined && (start === `${HEADER}\r\n` || start.startsWith(`${HEADER}\n`));
}

/** Returns the name of the temporary file that holds a file's new text until all of them are written. */
export function partOf(path: string): string {
  return `${path}.${process.pid}.part`;
}

/**
 * Returns true if a file in a cluster's folder is a temporary file of a killed run: its process is gone, and it holds
 * our output.
 */
export function isLeftOver(path: string): boolean {
  const pid = /\.yaml\.(\d+)\.part$/.exec(path)?.[1];
  if (pid === undefined || isOther(Number(pid))) return false;
  const start = startOf(path);
  return start !== undefined && (`${HEADER}\n`.startsWith(start) || start.startsWith(`${HEADER}\n`));
}

/** Returns true if another process with this ID runs. In containers, our own process may have a killed one's ID. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Returns the first bytes of a file, as many as the header has; undefined if it is not a regular file. */
function startOf(path: string): string | undefined {
  if (!lstatSync(path).isFile()) return undefined;
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(HEADER.length + 2);
    return start.toString("utf8", 0, readSync(file, start, 0, start.length, 0));
  } finally {
    closeSync(file);
  }
}
