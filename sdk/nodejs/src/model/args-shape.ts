import type { z } from "zod";
import type { Path, Subject } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";

/** Deeper than anything that a schema reads. */
const MOST_LEVELS = 100;

/** How many entries a list or map may have, and all lists of a resource together: objects of Kubernetes hold far less. */
const MOST_ENTRIES = 20_000;
const MOST_ENTRIES_IN_ALL = 75_000;

const KEY = "__proto__";

/** What a schema would not tell of arguments, or not in reasonable time. */
export interface OddShape {
  /** Where the key `__proto__` stands, which zod leaves out of maps in silence. */
  readonly protoKeys: readonly Path[];
  /** Lists and maps with too many entries. */
  readonly tooLong: readonly { readonly path: Path; readonly found: number; readonly maximum: number }[];
}

/** Looks at arguments before a schema does. */
export function oddShapeOf(args: unknown): OddShape {
  const protoKeys: Path[] = [];
  const tooLong: { path: Path; found: number; maximum: number }[] = [];
  const path: (string | number)[] = [];
  let entries = 0;
  const visit = (step: string | number, value: unknown): void => {
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
  return { protoKeys, tooLong };
}

/** Refuses lists and maps with too many entries. */
export function refuseLongLists({ tooLong }: OddShape, subject: Subject, findings: Findings): void {
  for (const { path, found, maximum } of tooLong)
    findings.add("MW0104", subject, path, { found, maximum, unit: "entries" });
}

/** Refuses the key `__proto__` at every level, unless an issue of the schema does already. */
export function refuseProtoKeys(
  { protoKeys }: OddShape,
  issues: readonly z.core.$ZodIssue[],
  subject: Subject,
  findings: Findings,
): void {
  if (protoKeys.length === 0) return;
  const unrecognized = issues.filter((issue) => issue.code === "unrecognized_keys" && issue.keys.includes(KEY));
  const told = new Set(unrecognized.map(({ path }) => JSON.stringify([...path, KEY])));
  for (const path of protoKeys)
    if (!told.has(JSON.stringify(path))) findings.add("MW0101", subject, path, { field: KEY, known: [] });
}
