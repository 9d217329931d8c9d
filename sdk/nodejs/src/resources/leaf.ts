import * as pulumi from "@pulumi/pulumi";
import { type Deferred, deferredNumbers, deferredOf, isDeferred, withoutPlaceholders } from "../model/deferred.js";
import { type Resolved, resolved } from "./engine.js";

/** The Outputs behind placeholders; a placeholder's number is the index. */
const outputs: pulumi.Output<unknown>[] = [];

/** Creates the placeholder of an Output. */
export function defer(output: pulumi.Output<unknown>): Deferred {
  outputs.push(output);
  return deferredOf([outputs.length - 1]);
}

/** Returns the Output behind a placeholder's number. */
export function outputOf(number: number): pulumi.Output<unknown> {
  return outputs[number] ?? pulumi.output(undefined);
}

/** The state of a leaf. */
export type ResolvedLeaf = Resolved<unknown>;

/** The states of leaves, by number. */
export type ResolvedLeaves = ReadonlyMap<number, ResolvedLeaf>;

/** Waits for a leaf. */
export function resolveLeaf(number: number): Promise<ResolvedLeaf> {
  return resolved(outputOf(number));
}

/** Copies arguments with every Output replaced by a placeholder; `replace` can substitute objects. */
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

/**
 * Returns true if a value is Pulumi's marker of an unknown, as in the result of a provider function during `meshway
 * render`.
 */
function isUnknown(value: object): boolean {
  return "__pulumiUnknown" in value && value.__pulumiUnknown === true;
}

/** Returns the numbers of all placeholders in a value. */
export function leavesIn(value: unknown, found = new Set<number>()): Set<number> {
  if (isDeferred(value)) for (const number of deferredNumbers(value)) found.add(number);
  else if (pulumi.Output.isInstance(value)) return found;
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) leavesIn(item, found);
  return found;
}

/** Copies extracted arguments with the values of known leaves; the others stay placeholders. */
export function fill(value: unknown, resolved: ResolvedLeaves): unknown {
  if (isDeferred(value)) {
    const leaf = resolved.get(deferredNumbers(value)[0] ?? -1);
    return leaf?.known === true ? plainValue(leaf.value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => fill(item, resolved));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, resolved)]));
}

/** Returns the leaves with secrets marked as unknown. */
export function withoutSecrets(leaves: ResolvedLeaves): ResolvedLeaves {
  return new Map(
    [...leaves].map(([number, leaf]) => [number, leaf.secret ? { ...leaf, known: false, value: undefined } : leaf]),
  );
}

/** Strips text that looks like placeholders from a leaf's value, which nothing else checks. */
function plainValue(value: unknown): unknown {
  if (typeof value === "string") return withoutPlaceholders(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [withoutPlaceholders(key), plainValue(item)]));
}
