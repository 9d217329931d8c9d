import type { RE2JS } from "re2js";
import { memoizeBy } from "../../memo/memo.js";
import { type Automaton, CHARACTERS } from "./automaton.js";

/** One instruction of a program that re2js compiles, as far as it is read here. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly matchRune: (rune: number) => boolean;
}

/** The codes of instructions (re2js: Inst, as in Go's regexp/syntax). */
const OP = {
  alt: 1,
  altMatch: 2,
  capture: 3,
  emptyWidth: 4,
  match: 6,
  nop: 7,
  rune: 8,
  anyRune: 10,
  last: 11,
} as const;

/** The most pairs of instruction and state to visit; beyond, the answer is that a text may match. */
const MOST_VISITED = 20_000;

/**
 * True if an expression may match one of an automaton's texts as a whole. Anchors and word boundaries count as met, so
 * a false answer is certain.
 */
export function regexMeets(regex: RE2JS, automaton: Automaton): boolean {
  const program = programOf(regex);
  if (program === undefined) return true;
  const taken = new Map<number, readonly number[]>();
  const seen = new Set<number>();
  const open: number[] = [];
  const visit = (pc: number, state: number): void => {
    const pair = pc * STATES + state;
    if (seen.has(pair)) return;
    seen.add(pair);
    open.push(pair);
  };
  visit(program.start, automaton.start);
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [pc, state] = [Math.floor(pair / STATES), pair % STATES];
    const instruction = program.inst[pc];
    if (instruction === undefined || seen.size > MOST_VISITED) return true;
    const { op, out, arg } = instruction;
    if (op === OP.match && automaton.accepts(state)) return true;
    if (op === OP.alt || op === OP.altMatch) visit(arg, state);
    if (op === OP.alt || op === OP.altMatch || op === OP.capture || op === OP.emptyWidth || op === OP.nop)
      visit(out, state);
    else if (op >= OP.rune && op <= OP.last) {
      const characters = taken.get(pc) ?? charactersOf(instruction);
      taken.set(pc, characters);
      const next = stepsFrom(automaton, state);
      for (const character of characters) {
        const after = next[character];
        if (after !== undefined) visit(out, after);
      }
    } else if (op > OP.last) return true;
  }
  return false;
}

/** More than the states of any automaton. */
const STATES = 1024;

/** Returns the indexes of the characters that an instruction takes. */
function charactersOf(instruction: Instruction): readonly number[] {
  return CHARACTERS.flatMap((each, index) =>
    instruction.op >= OP.anyRune || instruction.matchRune(each.charCodeAt(0)) ? [index] : [],
  );
}

/** Returns the state after each character. Cached, because a table may have thousands of expressions. */
const stepsFrom = memoizeBy(
  (automaton: Automaton, state: number): readonly (number | undefined)[] =>
    CHARACTERS.map((character) => automaton.step(state, character)),
  (_, state) => state,
);

interface Program {
  readonly inst: readonly Instruction[];
  readonly start: number;
}

function programOf(regex: RE2JS): Program | undefined {
  const program: unknown = regex.re2Input.prog;
  const isKnown =
    typeof program === "object" &&
    program !== null &&
    "inst" in program &&
    Array.isArray(program.inst) &&
    "start" in program &&
    typeof program.start === "number";
  return isKnown ? (program as Program) : undefined;
}
