import picocolors from "picocolors";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostic, toJson } from "../diagnostics/format.js";
import { visible, visibleJson } from "../diagnostics/words.js";
import type { Paint } from "../simulate/describe.js";
import type { Sinks } from "./sink.js";

/** How many findings are printed one by one. */
export const MOST_PRINTED = 50;

/** About how many characters are written at once. */
const PIECE = 1 << 16;

/** `1 object`, `2 objects`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Prints what commands have to say, coloured where that goes to a terminal. Rejects with `UnwritableError` where it can't be written. */
export class Printer {
  readonly #sinks: Sinks;
  readonly #colors: ReturnType<typeof picocolors.createColors>;
  /** Colours for what goes to standard output. */
  readonly paint: Paint;

  constructor(sinks: Sinks) {
    this.#sinks = sinks;
    this.#colors = picocolors.createColors(picocolors.isColorSupported && sinks.err.isTerminal);
    const { green, red, bold, dim } = picocolors.createColors(picocolors.isColorSupported && sinks.out.isTerminal);
    this.paint = { good: green, bad: red, strong: bold, faint: dim };
  }

  /** Prints the answer to a question, whose texts are visible already. */
  async answer(text: string): Promise<void> {
    await this.#sinks.out.write(`${text}\n`);
  }

  /** Prints an object as JSON to standard output; lists in it are written entry by entry, because there may be many findings. */
  async json(value: object): Promise<void> {
    let piece = "";
    for (const text of jsonParts(value)) {
      piece += visibleJson(text);
      if (piece.length < PIECE) continue;
      await this.#sinks.out.write(piece);
      piece = "";
    }
    await this.#sinks.out.write(`${piece}\n`);
  }

  /** Prints findings and, where one is an error, how many there are. Of too many the errors come first, and of the rest their number is told. */
  async findings(found: readonly Diagnostic[]): Promise<void> {
    const [errors, warnings] = [found.filter(isError), found.filter((each) => !isError(each))];
    const shown = found.length > MOST_PRINTED ? [...errors, ...warnings].slice(0, MOST_PRINTED) : found;
    const lines = shown.map((each) => `${this.#painted(each)}\n\n`);
    if (shown.length < found.length) {
      const shownErrors = shown.filter(isError).length;
      const rest = countedBoth(errors.length - shownErrors, warnings.length - (shown.length - shownErrors));
      lines.push(`and ${rest} more, which --json tells\n\n`);
    }
    if (errors.length > 0) lines.push(`${countedBoth(errors.length, warnings.length)}: nothing rendered\n`);
    if (lines.length > 0) await this.#sinks.err.write(lines.join(""));
  }

  /** Prints why a command failed. */
  async failure(message: string): Promise<void> {
    const lines = message.split("\n").map(visible).join("\n");
    await this.#sinks.err.write(`${this.#colors.bold(this.#colors.red("error"))}: ${lines}\n`);
  }

  async notes(notes: readonly string[]): Promise<void> {
    for (const note of notes) await this.#sinks.err.write(`${this.#colors.bold("note")}: ${visible(note)}\n`);
  }

  #painted(diagnostic: Diagnostic): string {
    const [headline = "", ...rest] = formatDiagnostic(diagnostic).split("\n");
    const end = headline.indexOf(":");
    const { bold, red, yellow } = this.#colors;
    const paint = isError(diagnostic) ? red : yellow;
    return [`${bold(paint(headline.slice(0, end)))}${bold(headline.slice(end))}`, ...rest].join("\n");
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** `2 errors, 1 warning`, without what there is none of. */
function countedBoth(errors: number, warnings: number): string {
  const parts = [errors > 0 && counted(errors, "error"), warnings > 0 && counted(warnings, "warning")];
  return parts.filter((each) => each !== false).join(", ");
}

/** The text of an object as `JSON.stringify` makes it with two blanks, in parts. Findings get their texts one by one. */
function* jsonParts(value: object): Generator<string> {
  let separator = "{\n  ";
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    yield `${separator}${JSON.stringify(key)}: `;
    separator = ",\n  ";
    if (!Array.isArray(field) || field.length === 0) {
      yield indented(field, "  ");
      continue;
    }
    for (const [index, item] of field.entries())
      yield `${index === 0 ? "[" : ","}\n    ${indented(isDiagnostic(item) ? toJson(item) : item, "    ")}`;
    yield "\n  ]";
  }
  yield "\n}";
}

function indented(value: unknown, blanks: string): string {
  return JSON.stringify(value, undefined, 2).replaceAll("\n", `\n${blanks}`);
}

function isDiagnostic(value: unknown): value is Diagnostic {
  return typeof value === "object" && value !== null && "code" in value && "facts" in value;
}
