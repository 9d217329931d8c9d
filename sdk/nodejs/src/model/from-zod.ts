import type { z } from "zod";
import type { Code } from "../diagnostics/catalog.js";
import type { FactsOf, Path, Subject } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred } from "./deferred.js";

/** Converts zod issues to findings about `subject`. */
export function addIssues(
  findings: Findings,
  subject: Subject,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): void {
  for (const issue of issues) addIssue(findings, subject, input, issue);
}

function addIssue(findings: Findings, subject: Subject, input: unknown, issue: z.core.$ZodIssue): void {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  const found = valueAt(input, path);
  switch (issue.code) {
    case "unrecognized_keys":
      for (const field of issue.keys)
        findings.add("MW0101", subject, [...path, field], { field, known: fieldsIn(issue.message) });
      return;
    case "invalid_type":
      addType(findings, subject, path, found, EXPECTED[issue.expected] ?? issue.expected);
      return;
    case "invalid_value":
      if (found === undefined) addType(findings, subject, path, found, "a value");
      else findings.add("MW0105", subject, path, { found: printable(found), allowed: issue.values.map(String) });
      return;
    case "too_small":
      findings.add("MW0104", subject, path, {
        found: measured(found),
        minimum: Number(issue.minimum),
        unit: UNIT[issue.origin] ?? "",
      });
      return;
    case "too_big":
      findings.add("MW0104", subject, path, {
        found: measured(found),
        maximum: Number(issue.maximum),
        unit: UNIT[issue.origin] ?? "",
      });
      return;
    case "custom": {
      const raised = issue.params as { code: Code; facts: FactsOf<Code> };
      findings.add(raised.code, subject, path, raised.facts);
      return;
    }
    default:
      addType(findings, subject, path, found, "another value");
  }
}

const fieldLists = new Map<string, readonly string[]>();

/** Parses the known fields from the message that `fields` writes; one list for all issues of a schema. */
function fieldsIn(message: string): readonly string[] {
  const known = fieldLists.get(message) ?? (JSON.parse(message) as readonly string[]);
  fieldLists.set(message, known);
  return known;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  record: "an object",
};

const UNIT: Readonly<Record<string, string>> = { array: "entries", string: "characters" };

function addType(findings: Findings, subject: Subject, path: Path, found: unknown, expected: string): void {
  const field = path.at(-1);
  const isEndless = typeof found === "number" && !Number.isFinite(found);
  if (found === undefined && typeof field === "string") findings.add("MW0103", subject, path, { field, expected });
  else if (isEndless && expected === "a number") addType(findings, subject, path, found, "a number that is finite");
  else findings.add("MW0102", subject, path, { expected, found: describeValue(found) });
}

/** Describes a value and its type: `` the string `90` ``. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (isDeferred(value)) return "an Output";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "function" ? "a function" : `the ${typeof value} ${quote(String(value))}`;
}

function printable(value: unknown): unknown {
  // JSON can't represent these numbers
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "string" || typeof value === "boolean" ? value : describeValue(value);
}

function measured(value: unknown): unknown {
  return typeof value === "string" || Array.isArray(value) ? value.length : printable(value);
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
    input,
  );
}
