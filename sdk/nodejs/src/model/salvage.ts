import type { z } from "zod";
import { deferredOf } from "./deferred.js";

/** Stands for a rejected value: checks skip it like an unknown one. */
const REFUSED = deferredOf([Number.MAX_SAFE_INTEGER]);

/** True if a value stands for a rejected one, which has a finding already. */
export function isRefused(value: unknown): boolean {
  return value === REFUSED;
}

const ROUNDS = 4;

/**
 * Returns whatever is usable of arguments that a schema rejects, so that checks can report the rest in the same run.
 *
 * Rejected values become placeholders and unknown fields are dropped; undefined if that is not enough. The result is
 * for checks only.
 */
export function salvage<T>(schema: z.ZodType<T>, args: unknown, issues: readonly z.core.$ZodIssue[]): T | undefined {
  let rest = issues;
  const copy: unknown = structuredCopy(args);
  for (let round = 0; round < ROUNDS; round++) {
    for (const issue of rest) repair(copy, issue);
    const result = schema.safeParse(copy);
    if (result.success) return result.data;
    rest = result.error.issues;
  }
  return undefined;
}

interface ExclusiveFacts {
  readonly found?: unknown;
  readonly allowed?: readonly string[];
  readonly field?: unknown;
}

function repair(args: unknown, issue: z.core.$ZodIssue): void {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    const place = valueAt(args, path);
    if (isObject(place)) for (const key of issue.keys) delete place[key];
    return;
  }
  const last = path.at(-1);
  const parent = valueAt(args, path.slice(0, -1));
  if (last === undefined || !isObject(parent)) return;
  const facts = issue.code === "custom" ? (issue.params?.["facts"] as ExclusiveFacts | undefined) : undefined;
  const place = parent[last];
  if (isObject(place) && facts !== undefined && complete(place, facts)) return;
  parent[last] = REFUSED;
}

/** Repairs an object that has too many or too few fields; returns false if that is not the problem. */
function complete(place: Record<string | number, unknown>, { found, allowed, field }: ExclusiveFacts): boolean {
  if (typeof field === "string") place[field] = field in place ? undefined : REFUSED;
  if (!Array.isArray(found)) return typeof field === "string";
  // keeps the first of mutually exclusive fields; the next round completes an added one
  for (const other of found.slice(1)) delete place[String(other)];
  if (found.length === 0 && allowed !== undefined) place[String(allowed.at(-1))] = {};
  return true;
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inside, step) => (isObject(inside) ? inside[step] : undefined), value);
}

function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structuredCopy(item)]));
}
