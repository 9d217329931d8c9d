import { createHook } from "node:async_hooks";

/** Places in a program that created promises which have not settled. */
export interface Unsettled {
  /** Stops watching, and returns the places. */
  readonly stop: () => readonly string[];
}

/**
 * Stack frames outside the program: this hook, Node.js, packages, a module as a whole, and the caller of the program.
 */
const ELSEWHERE = /:1:1\)?$|node:|node_modules|<anonymous>\)$|[\\/]cli[\\/][a-z-]+\.[jt]s/;
/** Stack frames between a promise and the program line that created it. */
const DEPTH = 8;

/**
 * Watches promises that a program itself creates: if the event loop is empty while one is pending, the code that awaits
 * it will never run.
 */
export function watchPromises(): Unsettled {
  const open = new Map<number, string>();
  const hook = createHook({
    init: (id, type) => {
      if (type !== "PROMISE") return;
      const place = placeOfCaller();
      if (place !== undefined) open.set(id, place);
    },
    promiseResolve: (id) => open.delete(id),
  }).enable();
  return {
    stop: () => {
      hook.disable();
      return [...new Set(open.values())];
    },
  };
}

function placeOfCaller(): string | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  // a package's promise is not the program's, wherever the package was called
  const frame = stack
    .split("\n")
    .slice(1)
    .find((line) => !/node:|<anonymous>\)$|[\\/]unsettled\./.test(line));
  return frame === undefined || ELSEWHERE.test(frame) ? undefined : frame.replace(/^\s*at (async )?/, "");
}
