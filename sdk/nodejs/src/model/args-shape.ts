import type { z } from "zod";
import type { Path, Subject } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";

/** Deeper than anything that a schema reads. */
const MOST_LEVELS = 100;

/** The most entries of a list or map, and of all lists of a resource together: Kubernetes objects hold far less. */
const MOST_ENTRIES = 20_000;
const MOST_ENTRIES_IN_ALL = 75_000;

const KEY = "__proto__";

/** A lone UTF-16 surrogate: no JSON, YAML or protobuf can hold it, and none reads it back as written. */
const HALF = /\p{Surrogate}/u;

/** True if a text has no lone surrogates. */
export function isWhole(text: string): boolean {
  return !HALF.test(text);
}

/** Problems with arguments that a schema would not report, or not in reasonable time. */
export interface OddShape {
  /** The paths of `__proto__` keys, which zod silently drops from maps. */
  readonly protoKeys: readonly Path[];
  /** The paths of texts and field names with a lone surrogate. */
  readonly broken: readonly { readonly path: Path; readonly text: string }[];
  /** Lists and maps with too many entries. */
  readonly tooLong: readonly { readonly path: Path; readonly found: number; readonly maximum: number }[];
}

/** Inspects arguments before a schema parses them. */
export function oddShapeOf(args: unknown): OddShape {
  const protoKeys: Path[] = [];
  const broken: { path: Path; text: string }[] = [];
  const tooLong: { path: Path; found: number; maximum: number }[] = [];
  const path: (string | number)[] = [];
  let entries = 0;
  const visit = (step: string | number, value: unknown): void => {
    for (const text of [step, value])
      if (typeof text === "string" && !isWhole(text)) broken.push({ path: [...path, step], text });
    if (typeof value !== "object" || value === null || path.length > MOST_LEVELS) return;
    path.push(step);
    look(value);
    path.pop();
  };
  const look = (value: object): void => {
    if (Object.hasOwn(value, KEY)) protoKeys.push([...path, KEY]);
    const inside: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    if (Array.isArray(value)) entries += value.length;
    if (inside.length > MOST_ENTRIES) tooLong.push({ path: [...path], found: inside.length, maximum: MOST_ENTRIES });
    else if (entries > MOST_ENTRIES_IN_ALL && tooLong.length === 0)
      tooLong.push({ path: [...path], found: entries, maximum: MOST_ENTRIES_IN_ALL });
    else for (const [step, item] of inside) visit(step, item);
  };
  if (typeof args === "object" && args !== null) look(args);
  return { protoKeys, broken, tooLong };
}

/** Rejects lists and maps with too many entries. */
export function refuseLongLists({ tooLong }: OddShape, subject: Subject, findings: Findings): void {
  for (const { path, found, maximum } of tooLong)
    findings.add("MW0104", subject, path, { found, maximum, unit: "entries" });
}

/** Rejects texts with lone surrogates, in any field. */
export function refuseBrokenTexts({ broken }: OddShape, subject: Subject, findings: Findings): void {
  for (const { path, text } of broken) findings.add("MW0112", subject, path, { text });
}

/** Rejects the key `__proto__` at every level, unless a schema issue already does. */
export function refuseProtoKeys(
  { protoKeys }: OddShape,
  issues: readonly z.core.$ZodIssue[],
  subject: Subject,
  findings: Findings,
): void {
  if (protoKeys.length === 0) return;
  const unrecognized = issues.filter((issue) => issue.code === "unrecognized_keys" && issue.keys.includes(KEY));
  const reported = new Set(unrecognized.map(({ path }) => JSON.stringify([...path, KEY])));
  for (const path of protoKeys)
    if (!reported.has(JSON.stringify(path))) findings.add("MW0101", subject, path, { field: KEY, known: [] });
}
