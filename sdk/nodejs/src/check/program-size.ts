/**
 * Estimates the size of the program that Envoy's RE2 compiles from an expression, which Istio limits
 * (re2.max_program_size.error_level in its bootstrap).
 */
import { RE2JS } from "re2js";

/** The fixed part of each program: a fail instruction, the unanchored search loop, and the match. */
const FIXED = 4;

/**
 * An alternation of `n` branches leads to at most `n` targets that others also lead to, and RE2 has one instruction for
 * each (Prog::Flatten).
 */
const WAYS_OF_A_LOOP = 2;

/** RE2 turns a loop over a possibly empty expression into two alternations. */
const WAYS_OF_A_STAR = 4;

/** A bracket expression; named classes and escapes inside it may contain a closing bracket. */
const CLASS = /\[\^?\]?(?:\[:\^?[a-z]+:\]|\\[pP]\{[^}]*\}|\\.|[^\]])*\]/s;

/** An escape of a character by its code, of a class, or of anything else. */
const ESCAPE = /\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:\{[^}]*\}|.)|\\[0-7]{1,3}|\\./s;

/** The start of a group, or flags. */
const HEAD = /\(\?(?:P?<\w+>|[a-zA-Z-]*[:)])/;

/** One token of an expression that RE2 accepts; the first group captures quoted text. */
const PIECE = new RegExp(["\\\\Q(.*?)(?:\\\\E|$)", ESCAPE.source, CLASS.source, HEAD.source, "."].join("|"), "gs");

/** A repetition after a piece, including the mark that makes it non-greedy. */
const REPETITION = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;

/**
 * Returns an upper bound of the program size of an expression that RE2 accepts, given as bytes in Latin-1.
 *
 * RE2 may merge alternatives, so its program may be smaller; it is never larger.
 */
export function programSize(pattern: string): number {
  const mayFold = /\(\?[a-zA-Z]*i/.test(pattern);
  const open: Group[] = [newGroup(0)];
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(pattern); match !== null; match = PIECE.exec(pattern)) {
    const [piece, quoted] = match;
    const group = open.at(-1);
    if (group === undefined) break;
    if (piece === "|") group.ways++;
    else if (piece.startsWith("(")) {
      // flags on their own open no group
      if (!piece.endsWith(")") || piece === "(") open.push(newGroup(/^\($|</.test(piece) ? 2 : 0));
    } else if (piece === ")") {
      open.pop();
      const parent = open.at(-1);
      if (parent !== undefined) addPiece(parent, sizeOf(group), pattern);
    } else if (quoted === undefined) addPiece(group, sizeOfPiece(piece, mayFold), pattern);
    else {
      group.size += quoted.length - 1;
      addPiece(group, 1, pattern);
    }
  }
  return FIXED + open.reduce((sum, group) => sum + sizeOf(group), 0);
}

interface Group {
  size: number;
  ways: number;
}

/** A capture adds an instruction at either end. */
function newGroup(size: number): Group {
  return { size, ways: 1 };
}

function sizeOf({ size, ways }: Group): number {
  return ways === 1 ? size : size + ways;
}

/** Adds a piece as often as the following repetition requires. */
function addPiece(group: Group, size: number, pattern: string): void {
  REPETITION.lastIndex = PIECE.lastIndex;
  const [found, least, comma, most] = REPETITION.exec(pattern) ?? [];
  if (found === undefined) {
    group.size += size;
    return;
  }
  PIECE.lastIndex += found.length;
  if (least === undefined) {
    group.size += size + WAYS_OF_A_STAR;
    return;
  }
  const from = Number(least);
  if (comma === "") group.size += size * from;
  else if (most === "") group.size += size * Math.max(1, from) + WAYS_OF_A_STAR;
  else group.size += size * from + (size + WAYS_OF_A_LOOP) * (Number(most) - from);
}

function sizeOfPiece(piece: string, mayFold: boolean): number {
  if (piece === ".") return 2;
  if (/^(?:\[|\\[dDsSwWpP])/.test(piece))
    return mayFold ? Math.max(rangesOf(piece), rangesOf(`(?i)${piece}`)) : rangesOf(piece);
  // an ASCII letter is one instruction for both cases, any other letter may be two
  return mayFold && (piece.charCodeAt(0) >= 0x80 || /^\\[x0-7]/.test(piece)) ? 2 : 1;
}

/** Returns the number of byte ranges in a class. */
function rangesOf(token: string): number {
  const expression = RE2JS.compile(token);
  const has = Array.from({ length: 0x100 }, (_, byte) => expression.matches(String.fromCharCode(byte)));
  const isFolded = has.slice(0x41, 0x5b).every((each, index) => each === has[0x61 + index]);
  // if letters match in both cases, RE2 drops the ranges of upper-case letters
  const counted = isFolded ? has.map((each, byte) => each && !isInCapitals(byte, has)) : has;
  return counted.filter((each, byte) => each && counted[byte - 1] !== true).length;
}

/** True if the range around a byte holds upper-case letters only. */
function isInCapitals(byte: number, has: readonly boolean[]): boolean {
  if (byte < 0x41 || byte > 0x5a) return false;
  let [low, high] = [byte, byte];
  while (has[low - 1] === true) low--;
  while (has[high + 1] === true) high++;
  return low >= 0x41 && high <= 0x5a;
}
