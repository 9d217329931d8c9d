import type { Diagnostic, Path, Place } from "./diagnostic.js";
import { entryOf } from "./report.js";
import { textsOf } from "./texts.js";
import { visible } from "./words.js";

/** Formats a path as in TypeScript: `http[2].forwardTo`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/**
 * Formats a finding as text: headline, resource, place, detail and help, each on its own line. Escapes characters
 * that a terminal would act on.
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { message, detail, help } = textsOf(diagnostic);
  const place = `${diagnostic.subject.kind} \`${diagnostic.subject.name}\``;
  const path = formatPath(diagnostic.path);
  const lines = [
    `${diagnostic.severity}[${diagnostic.code}]: ${message}`,
    `  at ${place}${path === "" ? "" : `, ${path}`}`,
  ];
  if (diagnostic.through !== undefined)
    lines.push(`  through ${diagnostic.through.map((each) => `\`${each}\``).join(" > ")}`);
  if (diagnostic.place !== undefined) lines.push(`  in ${formatPlace(diagnostic.place)}`);
  if (detail !== undefined) lines.push(`  ${detail}`);
  lines.push(`  help: ${help}`);
  return lines
    .map((line) => visible(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line))
    .join("\n");
}

/** A name may be as long as the file that holds it. */
const LONGEST_LINE = 2000;

/** Formats a place as editors and terminals expect it: `model.yaml:12:7`. */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** Formats findings as text, separated by blank lines. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join("\n\n");
}

/** A finding as plain data with its texts, for `--json`. */
export interface DiagnosticJson extends Diagnostic {
  readonly name: string;
  readonly at: string;
  readonly message: string;
  readonly help: string;
}

/** The longest list in JSON facts, such as all known names: thousands of findings may each have thousands. */
const MOST_FACTS = 100;

/** Adds name, place and texts to a finding, for machines; truncates long lists in its facts. */
export function toJson(diagnostic: Diagnostic): DiagnosticJson {
  const { message, help } = textsOf(diagnostic);
  const facts = Object.entries(diagnostic.facts).map(([key, fact]: [string, unknown]) => [
    key,
    Array.isArray(fact) ? fact.slice(0, MOST_FACTS) : fact,
  ]);
  return {
    ...diagnostic,
    facts: Object.fromEntries(facts) as object,
    name: entryOf(diagnostic.code).name,
    at: formatPath(diagnostic.path),
    message,
    help,
  };
}
