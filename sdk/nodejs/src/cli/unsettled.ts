import { createHook } from "node:async_hooks";

/** Places in a program at which promises were made that are not settled. */
export interface Unsettled {
  /** Stops watching; gives the places. */
  readonly stop: () => readonly string[];
}

/**
 * Frames that are no place in a program: this hook, Node, packages, a module as a whole, and what calls the program.
 */
const ELSEWHERE = /:1:1\)?$|node:|node_modules|<anonymous>\)$|[\\/]cli[\\/][a-z-]+\.[jt]s/;
/** Frames between a promise and the line of the program that made it. */
const DEPTH = 8;

/**
 * Watches promises that a program itself makes: an event loop that runs empty while one is left will never go on with
 * what waits for it.
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
  // a promise that a package makes is none of the program's, wherever the package was called
  const frame = stack
    .split("\n")
    .slice(1)
    .find((line) => !/node:|<anonymous>\)$|[\\/]unsettled\./.test(line));
  return frame === undefined || ELSEWHERE.test(frame) ? undefined : frame.replace(/^\s*at (async )?/, "");
}
