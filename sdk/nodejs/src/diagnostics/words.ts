import { distance } from "fastest-levenshtein";
import { memoize } from "../memo/memo.js";

/**
 * Characters that a terminal acts on or shows as something else: control characters, line ends, direction marks and
 * lone surrogates.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Returns `text` with such characters escaped as in JSON. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escaped);
}

/** Escapes such characters in JSON text, where they may be literal; the value stays the same. */
export function visibleJson(text: string): string {
  return text.replace(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  if (short.length === 2) return short;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** Puts a name in backticks, with line breaks and control characters escaped, truncated to 80 characters. */
export function quote(value: unknown): string {
  const text =
    typeof value === "string"
      ? value
      : typeof value === "number"
        ? String(value)
        : (JSON.stringify(value) ?? String(value));
  const shown = visible(text);
  return `\`${shown.length > 80 ? `${shown.slice(0, 77)}...` : shown}\``;
}

/** Joins names for a sentence: `` `a`, `b` and `c` ``; returns "none" for an empty list. */
export function list(values: readonly unknown[], word: "and" | "or" = "and"): string {
  const quoted = values.slice(0, 12).map(quote);
  if (values.length > 12) quoted.push(`${values.length - 12} more`);
  if (quoted.length === 0) return "none";
  if (quoted.length === 1) return quoted[0] ?? "none";
  return `${quoted.slice(0, -1).join(", ")} ${word} ${quoted.at(-1)}`;
}

/** A longer name is no typo, and is slow to compare. */
const LONGEST_COMPARED = 253;

/** Returns the names nearest to `name` by edit distance, at most three; none that is too far off to be a typo. */
export function nearest(name: string, known: readonly string[]): string[] {
  if (name.length > LONGEST_COMPARED) return [];
  const limit = Math.max(2, Math.floor(name.length / 3));
  const lower = name.toLowerCase();
  return known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, far: distance(lower, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Returns "did you mean ...?", or the known names if none is near. */
export function suggest(found: string, known: readonly string[], what: string): string {
  const near = nearest(found, known);
  if (near.length > 0) return `did you mean ${list(near, "or")}?`;
  return known.length > 0 ? `${what}: ${list(inOrder(known))}` : `there are no ${what}`;
}

/** Returns the names sorted; cached, because thousands of findings may share one list. */
const inOrder = memoize((names: readonly string[]): readonly string[] => [...names].sort());
