import type { Path, Subject } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";

/** Deeper than anything that a schema reads. */
const MOST_LEVELS = 100;

const KEY = "__proto__";

/** Refuses the key `__proto__` at every level, unless a finding does already: zod leaves it out of maps in silence. */
export function refuseProtoKeys(args: unknown, subject: Subject, findings: Findings): void {
  const told = new Set(findings.all.filter((each) => each.subject === subject).map(({ path }) => JSON.stringify(path)));
  const visit = (value: unknown, path: Path): void => {
    if (typeof value !== "object" || value === null || path.length > MOST_LEVELS) return;
    if (Object.hasOwn(value, KEY) && !told.has(JSON.stringify([...path, KEY])))
      findings.add("MW0101", subject, [...path, KEY], { field: KEY, known: [] });
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  visit(args, []);
}
