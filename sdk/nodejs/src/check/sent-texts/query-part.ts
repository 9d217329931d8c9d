import type { Automaton } from "./automaton.js";

/** Returns the texts of visible ASCII without these characters. */
function visibleWithout(characters: string): Automaton {
  return {
    start: 0,
    step: (_, character) => (character > " " && character <= "~" && !characters.includes(character) ? 0 : undefined),
    accepts: () => true,
  };
}

/** Values of query parameters as conditions see them: raw, up to the next `&`. */
export const queryValue = visibleWithout("&#");

/** Names of query parameters: the part of a parameter before its first `=`. */
export const queryName = visibleWithout("&#=");
