import type { Automaton } from "./automaton.js";

/** The parts of an origin, in order. */
const SCHEME = { start: 0, within: 1, colon: 2, slash: 3 } as const;
const HOST = { start: 4, within: 5 } as const;

/**
 * The origins that browsers send: scheme, host and port in lower case, without a path. Leaves out `null` and the `*`
 * that Envoy takes for every origin.
 */
export const origin: Automaton = {
  start: SCHEME.start,
  step: (state, character) => {
    switch (state) {
      case SCHEME.start:
        return /[a-z]/.test(character) ? SCHEME.within : undefined;
      case SCHEME.within:
        return character === ":" ? SCHEME.colon : /[a-z0-9+-]/.test(character) ? SCHEME.within : undefined;
      case SCHEME.colon:
        return character === "/" ? SCHEME.slash : undefined;
      case SCHEME.slash:
        return character === "/" ? HOST.start : undefined;
      default:
        return /[!-~]/.test(character) && !/[A-Z/?#@\\]/.test(character) ? HOST.within : undefined;
    }
  },
  accepts: (state) => state === HOST.within,
};
