import type { Automaton } from "./automaton.js";

/** Characters that Envoy rejects or rewrites in paths, wherever they are. */
const NEVER = /["#<>?\\^`{|}]/;

const UNRESERVED = /[-0-9A-Za-z._~]/;

/** The place in a segment: before the first slash, at its beginning, behind its dots, or beyond. */
const BEFORE = 0;
const BEGINNING = 1;
const DOT = 2;
const DOTS = 3;
const WITHIN = 4;

/** The states of an escape: none, behind the percent sign, and behind its first digit, of which there are 16. */
const ESCAPES = 18;

/**
 * The paths that `normalizePath` returns, which conditions on paths see. Accepts a few more where a percent sign begins
 * no escape, and never fewer.
 */
export const normalizedPath: Automaton = {
  start: BEFORE,
  step: (state, character) => {
    if (character <= " " || character > "~" || NEVER.test(character)) return undefined;
    const place = placeAfter(Math.floor(state / ESCAPES), character);
    const inEscape = escapeAfter(state % ESCAPES, character);
    return place === undefined || inEscape === undefined ? undefined : place * ESCAPES + inEscape;
  },
  accepts: (state) => [BEGINNING, WITHIN].includes(Math.floor(state / ESCAPES)),
};

/** Parameters may follow dots: Envoy drops them only where the dots are no escapes. */
function placeAfter(place: number, character: string): number | undefined {
  if (character === "/") return place === DOT || place === DOTS ? undefined : BEGINNING;
  if (place === BEFORE) return undefined;
  if (character !== ".") return WITHIN;
  return place === BEGINNING ? DOT : place === DOT ? DOTS : WITHIN;
}

/** Escapes of unreserved characters are always decoded, and NUL is always rejected. */
function escapeAfter(state: number, character: string): number | undefined {
  if (character === "%") return 1;
  if (state === 0 || !/[0-9A-Fa-f]/.test(character)) return 0;
  const digit = Number.parseInt(character, 16);
  if (state === 1) return 2 + digit;
  const code = (state - 2) * 16 + digit;
  return code === 0 || UNRESERVED.test(String.fromCharCode(code)) ? undefined : 0;
}
