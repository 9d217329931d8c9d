import picocolors from "picocolors";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";

/** Findings and notes go to standard error, coloured where that is a terminal. */
const colors = picocolors.createColors(picocolors.isColorSupported && process.stderr.isTTY === true);

/** `1 object`, `2 objects`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Prints findings and, where one is an error, how many there are. */
export function printFindings(found: readonly Diagnostic[]): void {
  for (const each of found) console.error(`${painted(each)}\n`);
  const errors = found.filter(({ severity }) => severity === "error").length;
  const warnings = found.length - errors;
  if (errors > 0)
    console.error(
      `${counted(errors, "error")}${warnings > 0 ? `, ${counted(warnings, "warning")}` : ""}: nothing rendered`,
    );
}

function painted(diagnostic: Diagnostic): string {
  const [headline = "", ...rest] = formatDiagnostic(diagnostic).split("\n");
  const end = headline.indexOf(":");
  const paint = diagnostic.severity === "error" ? colors.red : colors.yellow;
  return [`${colors.bold(paint(headline.slice(0, end)))}${colors.bold(headline.slice(end))}`, ...rest].join("\n");
}

export function printFailure(message: string): void {
  console.error(`${colors.bold(colors.red("error"))}: ${message}`);
}

export function printNotes(notes: readonly string[]): void {
  for (const note of notes) console.error(`${colors.bold("note")}: ${note}`);
}
