/** Accepts exactly the texts that Envoy may compare a condition with; reads one character at a time. */
export interface Automaton {
  readonly start: number;
  /** Returns the state after a character, or undefined if no such text goes on with it. */
  readonly step: (state: number, character: string) => number | undefined;
  /** True if such a text may end here. */
  readonly accepts: (state: number) => boolean;
}

/** All characters that any of these texts may have: visible ASCII and blanks. */
export const CHARACTERS: readonly string[] = [
  "\t",
  ...Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)),
];

/** Returns the state after a text, or undefined if no text of the automaton begins with it. */
export function stateAfter({ start, step }: Automaton, text: string): number | undefined {
  let state: number | undefined = start;
  for (const character of text) {
    state = step(state, character);
    if (state === undefined) return undefined;
  }
  return state;
}

/** True if a condition on the whole text can hold. */
export function canBe(automaton: Automaton, text: string): boolean {
  const state = stateAfter(automaton, text);
  return state !== undefined && automaton.accepts(state);
}

/** True if a condition on the beginning of the text can hold. */
export function canStartWith(automaton: Automaton, text: string): boolean {
  const state = stateAfter(automaton, text);
  return state !== undefined && canAccept(automaton, state);
}

function canAccept(automaton: Automaton, state: number): boolean {
  const { accepts } = automaton;
  // most texts may end at once
  return accepts(state) || [...reachable({ ...automaton, start: state })].some(accepts);
}

/** True if a condition on the end of the text can hold. */
export function canEndWith(automaton: Automaton, text: string): boolean {
  return [...reachable(automaton)].some((start) => canBe({ ...automaton, start }, text));
}

function reachable({ start, step }: Automaton): ReadonlySet<number> {
  const found = new Set([start]);
  for (const state of found)
    for (const character of CHARACTERS) {
      const next = step(state, character);
      if (next !== undefined) found.add(next);
    }
  return found;
}
