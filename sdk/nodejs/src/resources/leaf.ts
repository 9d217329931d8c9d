import * as pulumi from "@pulumi/pulumi";
import { type Deferred, deferredNumbers, deferredOf, isDeferred, withoutPlaceholders } from "../model/deferred.js";
import { type Resolved, resolved } from "./engine.js";

/** The Outputs that placeholders stand for; a placeholder's number is the index. */
const outputs: pulumi.Output<unknown>[] = [];

/** The placeholder of an Output. */
export function defer(output: pulumi.Output<unknown>): Deferred {
  outputs.push(output);
  return deferredOf([outputs.length - 1]);
}

/** The Output that a placeholder's number stands for. */
export function outputOf(number: number): pulumi.Output<unknown> {
  return outputs[number] ?? pulumi.output(undefined);
}

/** What is known of a leaf. */
export type ResolvedLeaf = Resolved<unknown>;

/** What is known of leaves, by number. */
export type ResolvedLeaves = ReadonlyMap<number, ResolvedLeaf>;

/** Waits for a leaf. */
export function resolveLeaf(number: number): Promise<ResolvedLeaf> {
  return resolved(outputOf(number));
}

/** A copy of arguments in which every Output is a placeholder; `replace` may put something else in the place of an object. */
export function extract(
  value: unknown,
  replace: (value: object) => unknown = () => undefined,
  seen: ReadonlySet<object> = new Set(),
): unknown {
  if (typeof value === "string") return withoutPlaceholders(value);
  if (typeof value !== "object" || value === null) return value;
  const replaced = replace(value);
  if (replaced !== undefined) return replaced;
  if (pulumi.Output.isInstance(value)) return defer(value);
  if (value instanceof Promise || isUnknown(value)) return defer(pulumi.output(value));
  if (seen.has(value)) return "(circular)";
  const inside = new Set(seen).add(value);
  if (Array.isArray(value)) return value.map((item) => extract(item, replace, inside));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [withoutPlaceholders(key), extract(item, replace, inside)]),
  );
}

/** Whether a value is Pulumi's mark for what is not known, as in the result of a provider function during `meshway render`. */
function isUnknown(value: object): boolean {
  return "__pulumiUnknown" in value && value.__pulumiUnknown === true;
}

/** The numbers of all placeholders in a value. */
export function leavesIn(value: unknown, found = new Set<number>()): Set<number> {
  if (isDeferred(value)) for (const number of deferredNumbers(value)) found.add(number);
  else if (pulumi.Output.isInstance(value)) return found;
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) leavesIn(item, found);
  return found;
}

/** A copy of extracted arguments in which known leaves have their values; the others stay placeholders. */
export function fill(value: unknown, resolved: ResolvedLeaves): unknown {
  if (isDeferred(value)) {
    const leaf = resolved.get(deferredNumbers(value)[0] ?? -1);
    return leaf?.known === true ? plainValue(leaf.value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => fill(item, resolved));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, resolved)]));
}

/** The leaves with secrets as if they were not known. */
export function withoutSecrets(leaves: ResolvedLeaves): ResolvedLeaves {
  return new Map(
    [...leaves].map(([number, leaf]) => [number, leaf.secret ? { ...leaf, known: false, value: undefined } : leaf]),
  );
}

/** A value of a leaf without texts that could be taken for placeholders, which nothing checks. */
function plainValue(value: unknown): unknown {
  if (typeof value === "string") return withoutPlaceholders(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [withoutPlaceholders(key), plainValue(item)]));
}
