import { z } from "zod";
import type { Subject } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";
import type { Kind } from "../kinds/kinds.js";
import { isWhole, oddShapeOf, refuseBrokenTexts, refuseLongLists, refuseProtoKeys } from "./args-shape.js";
import { addIssues } from "./from-zod.js";
import { type ModelOf, REGISTRY } from "./registry.js";
import { salvage } from "./salvage.js";

/** Compiling a zod parser costs as much as parsing this many resources without it, or ten times as many routes. */
const WORTH_COMPILING = 50;

const schemas: { readonly [K in Kind]: { readonly schema: z.ZodType<ModelOf[K]> } } = REGISTRY;

const parsed = new Map<Kind, number>();
const compiled: { -readonly [K in Kind]?: z.ZodType<ModelOf[K]> } = {};

/** Returns the schema of a kind, with a compiled zod parser once there is enough to parse. */
function schemaOf<K extends Kind>(kind: K, args: unknown): z.ZodType<ModelOf[K]> {
  const known: z.ZodType<ModelOf[K]> | undefined = compiled[kind];
  if (known !== undefined) return known;
  const count = (parsed.get(kind) ?? 0) + Math.max(1, routesIn(args) / 10);
  parsed.set(kind, count);
  if (count < WORTH_COMPILING) return schemas[kind].schema;
  const fresh = z.compile(schemas[kind].schema);
  Object.assign(compiled, { [kind]: fresh });
  return fresh;
}

function routesIn(args: unknown): number {
  const http = typeof args === "object" && args !== null && "http" in args ? args.http : undefined;
  return Array.isArray(http) ? http.length : 0;
}

/** The most issues to report for a resource; with a few more, zod overflows the stack. */
const MOST_ISSUES = 20_000;

/** With more issues than this, checks would find little that is valid. */
const MOST_SALVAGED = 1000;

/** Parses arguments with a schema; undefined if there are too many issues. */
function parseWith<T>(schema: z.ZodType<T>, args: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(args);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Parses the arguments of a resource.
 *
 * If findings are added, the result is only what checks can still use, or undefined; it must not be rendered.
 */
export function parseResource<K extends Kind>(
  kind: K,
  name: string,
  args: unknown,
  findings: Findings,
): ModelOf[K] | undefined {
  const subject: Subject = { kind, name };
  const shape = oddShapeOf(args);
  refuseLongLists(shape, subject, findings);
  refuseBrokenTexts(shape, subject, findings);
  if (!isWhole(name)) findings.add("MW0112", subject, [], { text: name });
  if (shape.tooLong.length > 0) return undefined;
  const result = parseWith(schemaOf(kind, args), args);
  const issues = result?.error?.issues ?? [];
  if (result === undefined || issues.length > MOST_ISSUES) {
    const facts = { found: `more than ${MOST_ISSUES}`, maximum: MOST_ISSUES, unit: "mistakes" };
    findings.add("MW0104", subject, [], facts);
    addIssues(findings, subject, args, issues.slice(0, MOST_ISSUES));
    return undefined;
  }
  refuseProtoKeys(shape, issues, subject, findings);
  if (result.success) return result.data;
  addIssues(findings, subject, args, issues);
  return issues.length > MOST_SALVAGED ? undefined : salvage(schemas[kind].schema, args, issues);
}
