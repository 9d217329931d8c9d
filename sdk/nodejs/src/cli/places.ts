import type { Diagnostic, Path, Place } from "../diagnostics/diagnostic.js";
import { SECTIONS } from "./sections.js";
import { readTree, type Spot, type SpotEntry, type SyntaxProblem } from "./text-tree.js";

/** Adds a finding's place, if known. */
export type Locate = (diagnostic: Diagnostic) => Diagnostic;

/** Nobody needs more findings, and each takes memory. */
export const MAX_FINDINGS = 20_000;

/** Locates findings in a model file. Parses the file again on the first finding. */
export class FilePlaces {
  readonly #text: string;
  readonly #file: string;
  #root: Spot | undefined;
  #lines: readonly number[] | undefined;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** Adds a finding's place: the field that it is about, or the nearest parent that is written. */
  readonly locate: Locate = (diagnostic) => {
    const { subject, path, place } = diagnostic;
    // a finding about an option has no place in the file
    if (place !== undefined || String(path[0]).startsWith("--")) return diagnostic;
    this.#root ??= readTree(this.#text).root ?? { start: 0 };
    const section = subject.kind === "Model" ? [] : [SECTION_OF.get(subject.kind) ?? "", subject.name];
    return { ...diagnostic, place: this.placeOf(offsetOf(this.#root, [...section, ...path])) };
  };

  /** Returns the findings about an unreadable text. */
  refuse(problems: readonly SyntaxProblem[]): { readonly diagnostics: Diagnostic[]; readonly locate: Locate } {
    const subject = { kind: "Model", name: this.#file } as const;
    const next = problems[MAX_FINDINGS];
    const rest = next && [{ reason: `it has more than ${MAX_FINDINGS} mistakes`, offset: next.offset }];
    const reported: readonly SyntaxProblem[] = rest ? [...problems.slice(0, MAX_FINDINGS), ...rest] : problems;
    const diagnostics = reported.map(({ reason, offset, isWhole = false }): Diagnostic => {
      const place = this.placeOf(offset);
      const facts = {
        file: this.#file,
        reason: isWhole ? reason : `line ${place.line}, column ${place.column}: ${reason}`,
      };
      return { code: "MW0903", severity: "error", subject, path: [], facts, place };
    });
    return { diagnostics, locate: this.locate };
  }

  /** Returns the place of an offset in the text. */
  placeOf(offset: number): Place {
    this.#lines ??= lineStarts(this.#text);
    const line = lineOf(this.#lines, offset);
    return { file: this.#file, line: line + 1, column: offset - (this.#lines[line] ?? 0) + 1 };
  }
}

const SECTION_OF: ReadonlyMap<string, string> = new Map(Object.entries(SECTIONS).map(([key, kind]) => [kind, key]));

/** Returns the offset of the last step of a path that is written. */
function offsetOf(root: Spot, path: Path): number {
  let spot: Spot | undefined = root;
  let offset = root.start;
  for (const step of path) {
    const inside: SpotEntry | Spot | undefined = typeof step === "number" ? spot.items?.[step] : entryOf(spot, step);
    if (inside === undefined) break;
    offset = inside.start;
    spot = typeof step === "number" ? (inside as Spot) : (inside as SpotEntry).value;
    if (spot === undefined) break;
  }
  return offset;
}

/** Returns the entry of a key, including keys from merge keys. */
function entryOf({ entries, merged = [] }: Spot, key: string): SpotEntry | undefined {
  const own = entries?.get(key);
  if (own !== undefined) return own;
  for (const each of merged) {
    const found = entryOf(each, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)];
}

/** Returns the number of the line that holds an offset, from 0. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
