import { closeSync, lstatSync, openSync, readSync } from "node:fs";

/** First line of every file that `meshway render` writes; only files that carry it are ever changed or removed. */
export const HEADER = "# rendered by meshway";

/** Whether a file begins with the header. */
export function isOwnFile(path: string): boolean {
  const start = startOf(path);
  return start !== undefined && (start === `${HEADER}\r\n` || start.startsWith(`${HEADER}\n`));
}

/** The name of the file in which a file's new text waits until all of them are written. */
export function partOf(path: string): string {
  return `${path}.${process.pid}.part`;
}

/** Whether a file in a cluster's folder is such a part that a killed run has left over: its process is gone, and it holds what we write. */
export function isLeftOver(path: string): boolean {
  const pid = /\.yaml\.(\d+)\.part$/.exec(path)?.[1];
  if (pid === undefined || isOther(Number(pid))) return false;
  const start = startOf(path);
  return start !== undefined && (`${HEADER}\n`.startsWith(start) || start.startsWith(`${HEADER}\n`));
}

/** Whether another process with this number runs. A number may come back as our own, as in containers. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** As much of a file as the header is long; undefined where it is no plain file. */
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
