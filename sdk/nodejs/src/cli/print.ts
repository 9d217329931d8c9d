import picocolors from "picocolors";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostic, toJson } from "../diagnostics/format.js";
import { visible, visibleJson } from "../diagnostics/words.js";
import type { Paint } from "../simulate/describe.js";
import type { Sinks } from "./sink.js";

/** Limit of findings that are printed in full. */
export const MAX_PRINTED = 50;

/** Approximate number of characters per write. */
const CHUNK_SIZE = 1 << 16;

/** `1 object`, `2 objects`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Prints the output of commands, in color on a terminal. Rejects with `UnwritableError` if it can't be written. */
export class Printer {
  readonly #sinks: Sinks;
  readonly #colors: ReturnType<typeof picocolors.createColors>;
  /** Colors for standard output. */
  readonly paint: Paint;

  constructor(sinks: Sinks) {
    this.#sinks = sinks;
    this.#colors = picocolors.createColors(picocolors.isColorSupported && sinks.err.isTerminal);
    const { green, red, bold, dim } = picocolors.createColors(picocolors.isColorSupported && sinks.out.isTerminal);
    this.paint = { good: green, bad: red, strong: bold, faint: dim };
  }

  /** Prints the answer to a question; its text is already free of control characters. */
  async answer(text: string): Promise<void> {
    await this.#sinks.out.write(`${text}\n`);
  }

  /**
   * Prints an object as JSON to standard output; lists are written entry by entry, because there may be many findings.
   */
  async json(value: object): Promise<void> {
    let chunk = "";
    for (const text of jsonParts(value)) {
      chunk += visibleJson(text);
      if (chunk.length < CHUNK_SIZE) continue;
      await this.#sinks.out.write(chunk);
      chunk = "";
    }
    await this.#sinks.out.write(`${chunk}\n`);
  }

  /**
   * Prints findings and, if one is an error, their number. If there are too many, errors come first and the rest is
   * only counted.
   */
  async findings(found: readonly Diagnostic[]): Promise<void> {
    const [errors, warnings] = [found.filter(isError), found.filter((each) => !isError(each))];
    const shown = found.length > MAX_PRINTED ? [...errors, ...warnings].slice(0, MAX_PRINTED) : found;
    const lines = shown.map((each) => `${this.#painted(each)}\n\n`);
    if (shown.length < found.length) {
      const shownErrors = shown.filter(isError).length;
      const rest = countedBoth(errors.length - shownErrors, warnings.length - (shown.length - shownErrors));
      lines.push(`and ${rest} more; --json lists all of them\n\n`);
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

/** `2 errors, 1 warning`, without zero counts. */
function countedBoth(errors: number, warnings: number): string {
  const parts = [errors > 0 && counted(errors, "error"), warnings > 0 && counted(warnings, "warning")];
  return parts.filter((each) => each !== false).join(", ");
}

/**
 * Yields the JSON of an object in parts, as `JSON.stringify` formats it with two spaces. Findings are formatted one at
 * a time.
 */
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
