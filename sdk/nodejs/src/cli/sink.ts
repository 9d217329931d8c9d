import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

/** Where a command writes texts. */
export interface Sink {
  /** Whether somebody may be looking at it, who likes colours. */
  readonly isTerminal: boolean;
  /** Writes a text as a whole. Rejects with `UnwritableError`. */
  readonly write: (text: string) => Promise<void>;
}

/** Where a command writes: answers to one, findings and notes to the other. */
export interface Sinks {
  readonly out: Sink;
  readonly err: Sink;
}

/** Why a text could not be written, such as to a pipe that nobody reads any more. */
export class UnwritableError extends Error {
  constructor(what: string, error: unknown) {
    super(`${what} can't be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Standard output and standard error of this process. */
export function processSinks(): Sinks {
  return {
    out: sinkOf(process.stdout, "standard output"),
    err: sinkOf(process.stderr, "standard error"),
  };
}

function sinkOf(stream: NodeJS.WriteStream & { readonly fd: number }, what: string): Sink {
  // the callback of each text tells of an error, which would end the process otherwise
  stream.on("error", () => undefined);
  const write = isFile(stream.fd)
    ? async (text: string) => writeWhole(stream.fd, text)
    : (text: string) =>
        new Promise<void>((resolve, reject) => {
          stream.write(text, (error) => (error ? reject(error) : resolve()));
        });
  return {
    isTerminal: stream.isTTY === true,
    write: async (text) => {
      try {
        await write(text);
      } catch (error) {
        throw new UnwritableError(what, error);
      }
    },
  };
}

/** Whether it is a file or device: of these Node's own stream takes what was written in part, as on a full disk, for written. */
function isFile(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFile() || (stats.isCharacterDevice() && !isatty(fd));
}

function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}
