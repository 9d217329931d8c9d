import { z } from "zod";
import type { Code } from "../diagnostics/catalog.js";
import type { FactsOf } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred, type Leaf, UNDECIDED } from "./deferred.js";

/** The part of zod's refinement context that these schemas use. */
export type RefinementContext = z.core.$RefinementCtx<unknown>;

/** Reports a catalog code from inside a schema; `from-zod.ts` turns it into a diagnostic. */
export function raise<C extends Code>(
  context: RefinementContext,
  code: C,
  facts: FactsOf<C>,
  path: (string | number)[] = [],
): void {
  context.addIssue({ code: "custom", params: { code, facts }, path });
}

/** Returns a schema for an object with exactly these fields; the issue for an unknown field lists the known ones. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = JSON.stringify(Object.keys(shape).filter((name) => name !== "undecided"));
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? known : undefined) });
}

/** The field `undecided`, with which the resources layer marks Outputs; to everybody else, it is an unknown field. */
export const undecidedMark: z.ZodType<boolean | undefined> = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value !== undefined && value !== UNDECIDED) raise(context, "MW0101", { field: "undecided", known: [] });
    return value === UNDECIDED ? true : undefined;
  });

/** Returns a schema for a leaf: a value that `schema` accepts, or a placeholder for it. */
export function leaf<T>(schema: z.ZodType<T>): z.ZodType<Leaf<T>> {
  return z.unknown().transform((value, context): Leaf<T> => {
    if (isDeferred(value)) return value;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}

/**
 * Returns a schema for a text leaf; `refine` checks its known value. Faster than `leaf(z.string())`, which matters
 * because most leaves are text.
 */
export function text(refine?: (value: string, context: RefinementContext) => void): z.ZodType<string> {
  return z.unknown().transform((value, context): string => {
    if (typeof value !== "string") {
      context.issues.push({ code: "invalid_type", expected: "string", input: value });
      return z.NEVER;
    }
    if (!isDeferred(value)) refine?.(value, context);
    return value;
  });
}

/** Returns a schema for text that decides which objects exist, and therefore must be plain. */
export function plainText(refine?: (value: string, context: RefinementContext) => void): z.ZodType<string> {
  return z.string().superRefine((value, context) => {
    if (isDeferred(value)) {
      raise(context, "MW0102", {
        expected: "a plain value, because it decides which objects exist",
        found: "an Output",
      });
    } else refine?.(value, context);
  });
}

/** Returns a schema for a whole number leaf from `minimum` to `maximum`. */
export function wholeNumber(minimum: number, maximum: number): z.ZodType<Leaf<number>> {
  return leaf(z.int().min(minimum).max(maximum));
}

/** The largest count that Envoy accepts: an unsigned 32-bit integer. */
export const MOST_UINT32 = 2 ** 32 - 1;

/** A port number leaf. */
export const port = wholeNumber(1, 65535);

/** A boolean leaf. */
export const flag = leaf(z.boolean());

/** Returns a schema for a leaf with one of the values of an as-const enum. */
export function oneOf<const T extends Readonly<Record<string, string>>>(values: T): z.ZodType<Leaf<T[keyof T]>> {
  return leaf(z.enum(values) as unknown as z.ZodType<T[keyof T]>);
}

/** Rejects an object that does not have exactly (or at most) one of these fields. */
export function choose(object: object, allowed: readonly string[], context: RefinementContext, atMost = false): void {
  const found = allowed.filter((field) => (object as Record<string, unknown>)[field] !== undefined);
  if (found.length > 1 || (found.length === 0 && !atMost)) raise(context, "MW0106", { found, allowed, atMost });
}

/** Rejects an object that has none of these fields. */
export function atLeastOne(object: object, allowed: readonly string[], context: RefinementContext): void {
  if (allowed.every((field) => (object as Record<string, unknown>)[field] === undefined))
    raise(context, "MW0106", { found: [], allowed, atMost: false, atLeast: true });
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Accepts a DNS label: the name of a cluster, namespace or Service. */
export function dnsLabel(value: string, context: RefinementContext): void {
  if (!DNS_LABEL.test(value)) {
    raise(context, "MW0110", {
      found: value,
      expected: "a DNS label (lower-case letters, digits and hyphens, at most 63)",
      example: "shop-east",
    });
  }
}

const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Returns a refinement for names of Kubernetes objects that must be DNS subdomains. */
export function refineObjectName(what: string, example: string) {
  return (value: string, context: RefinementContext): void => {
    if (!DNS_SUBDOMAIN.test(value))
      raise(context, "MW0110", { found: value, expected: `the name of a ${what}`, example });
  };
}

const LABEL_PREFIX = /(?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\//;
const LABEL_KEY = new RegExp(`^(${LABEL_PREFIX.source})?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`);
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Accepts the value of a Kubernetes label. */
export function refineLabelValue(value: string, context: RefinementContext): void {
  if (!LABEL_VALUE.test(value))
    raise(context, "MW0110", {
      found: value,
      expected: "a Kubernetes label value (at most 63 characters)",
      example: "reviews",
    });
}

function labelsWith(value: z.ZodType<string>): z.ZodType<Record<string, string>> {
  return z.record(z.string(), value).superRefine((labels, context) => {
    for (const key of Object.keys(labels)) labelKey(key, context, [key]);
  });
}

/** Accepts the key of a Kubernetes label. */
export function labelKey(key: string, context: RefinementContext, path: (string | number)[] = []): void {
  if (LABEL_KEY.test(key)) return;
  const facts = { found: key, expected: "a Kubernetes label key", example: "app.kubernetes.io/name" };
  raise(context, "MW0110", facts, path);
}

/** Kubernetes labels with plain values. */
export const plainLabels = labelsWith(plainText(refineLabelValue));

/** Kubernetes labels whose values may be Outputs. */
export const labels = labelsWith(text(refineLabelValue));

/** Rejects an empty set of labels. */
export function someLabels(value: Record<string, string>, context: RefinementContext): void {
  if (Object.keys(value).length === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "labels" });
}

/** Returns a schema for a list with at least one entry. */
export function someOf<T>(schema: z.ZodType<T>, most = Number.POSITIVE_INFINITY): z.ZodType<T[]> {
  return z.array(schema).min(1).max(most);
}

/** Returns a schema for a reference to a resource by its name in the model. */
export function reference(kind: string): z.ZodType<string> {
  return z.unknown().transform((value, context): string => {
    if (typeof value === "string" && !isDeferred(value)) return value;
    const target = referredBy(value);
    if (target?.kind === kind && typeof target.name === "string") return target.name;
    raise(context, "MW0109", { expected: kind, found: describeReference(value, target) });
    return z.NEVER;
  });
}

/** A reference to a resource of one of several kinds. The kind is absent if a model file gives only the name. */
export interface ReferenceToOneOf<K extends string> {
  readonly kind?: K;
  readonly name: string;
}

/**
 * Returns a schema for a reference to a resource of one of these kinds; `failover` in a model file, or
 * `FailoverPolicy/failover` if several kinds share the name.
 */
export function referenceToOneOf<K extends string>(
  kinds: readonly K[],
  expected: string,
): z.ZodType<ReferenceToOneOf<K>> {
  return z.unknown().transform((value, context): ReferenceToOneOf<K> => {
    if (typeof value === "string" && !isDeferred(value)) {
      const kind = kinds.find((each) => value.startsWith(`${each}/`));
      return kind === undefined ? { name: value } : { kind, name: value.slice(kind.length + 1) };
    }
    const target = referredBy(value);
    const kind = kinds.find((each) => each === target?.kind);
    if (kind !== undefined && typeof target?.name === "string") return { kind, name: target.name };
    raise(context, "MW0109", { expected, found: describeReference(value, target) });
    return z.NEVER;
  });
}

/** The kind and name in a reference, neither of them checked yet. */
interface Referred {
  readonly kind?: unknown;
  readonly name?: unknown;
}

function referredBy(value: unknown): Referred | undefined {
  if (typeof value !== "object" || value === null || !("$ref" in value)) return undefined;
  return typeof value.$ref === "object" && value.$ref !== null ? value.$ref : {};
}

/** Describes a value found instead of a reference. */
function describeReference(value: unknown, target: Referred | undefined): string {
  if (target !== undefined) {
    const { kind, name } = target;
    const isWhole = typeof kind === "string" && typeof name === "string";
    return isWhole
      ? `${/^[A-Z]\w{0,40}$/.test(kind) ? kind : quote(kind)} ${quote(name)}`
      : "a `$ref` without kind and name";
  }
  if (isDeferred(value)) return "an Output";
  return value === undefined
    ? "nothing"
    : Array.isArray(value)
      ? "a list"
      : `${typeof value === "object" ? "an object" : `a ${typeof value}`}`;
}
