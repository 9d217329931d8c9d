import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

/** An output stream of a command. */
export interface Sink {
  /** True for a terminal, where colors are welcome. */
  readonly isTerminal: boolean;
  /** Writes a whole text. Rejects with `UnwritableError`. */
  readonly write: (text: string) => Promise<void>;
}

/** Output streams of a command: one for answers, one for findings and notes. */
export interface Sinks {
  readonly out: Sink;
  readonly err: Sink;
}

/** The reason why a text could not be written, such as to a closed pipe. */
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
  // the callback of each write reports errors, which would end the process otherwise
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

/**
 * Returns true for a file or device: Node.js's own stream treats partial writes to these, as on a full disk, as
 * complete.
 */
function isFile(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFile() || (stats.isCharacterDevice() && !isatty(fd));
}

function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}
