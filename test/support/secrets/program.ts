/** Programs that declare the resources of a model with secrets in leaves. */
import * as pulumi from "@pulumi/pulumi";
import * as meshway from "../../../sdk/nodejs/src/index.js";
import { isPolicyKind, KINDS, type Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import type { ModelArgs } from "../arbitraries/model-args.js";
import { mapLeaves, type Replace } from "./schema-leaves.js";

/** A resource of a program, or the reason it was refused. */
export interface Declared {
  readonly ref?: pulumi.Output<unknown>;
  readonly error?: unknown;
}

/** Returns a replacement for a whole list or map of arguments, or the same value to keep it. */
export type Whole = (value: object) => unknown;

/** Returns a copy of the arguments after passing every list and map except the outermost to `whole`. */
function withWholes(value: unknown, whole: Whole, isOutermost = true): unknown {
  const isList = Array.isArray(value);
  if (!isList && !isMap(value)) return value;
  const seen = isOutermost ? value : whole(value);
  if (seen !== value) return seen;
  if (isList) return value.map((item) => withWholes(item, whole, false));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withWholes(item, whole, false)]));
}

/** Returns true for plain maps; false for resources and Outputs. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

type Component = new (name: string, args: unknown) => { readonly ref: pulumi.Output<unknown> };

/** Returns the kinds that a reference in a field may point to. */
function kindsOf(field: string, name: string): readonly Kind[] {
  const [kind] = name.split("/");
  const written = KINDS.filter((each) => each === kind);
  if (written.length > 0) return written;
  const last = field.split(".").at(-1)?.toLowerCase() ?? "";
  return KINDS.filter(
    (each) => last.includes(each.toLowerCase()) || last.includes("polic") === isPolicyKind(each),
  ).sort((a, b) => Number(last.includes(b.toLowerCase())) - Number(last.includes(a.toLowerCase())));
}

/**
 * Declares every resource of a model after the ones that it refers to; returns them by kind and name.
 *
 * `known` has descriptors of resources that are referenced like resources of another stack instead of this program's.
 */
export function declareAll(
  args: ModelArgs,
  replace: Replace,
  known: ReadonlyMap<string, unknown> = new Map(),
  whole: Whole = (value) => value,
): ReadonlyMap<string, Declared> {
  const declared = new Map<string, Declared>();
  const declare = (kind: Kind, name: string): Declared => {
    const key = `${kind}/${name}`;
    const existing = declared.get(key);
    if (existing !== undefined) return existing;
    // ends circular references
    declared.set(key, {});
    const refer: Replace = (value, field) => {
      if (typeof value !== "string") return value;
      const own = value.slice(value.indexOf("/") + 1);
      for (const each of kindsOf(field, value))
        for (const called of [own, value]) {
          if (args[each][called] === undefined) continue;
          const descriptor = known.get(`${each}/${called}`);
          if (descriptor !== undefined) return { ref: descriptor };
          const { ref } = declare(each, called);
          if (ref !== undefined) return { ref };
        }
      return value;
    };
    const result = attempt(kind, name, withWholes(mapLeaves(kind, args[kind][name], replace, refer), whole));
    declared.set(key, result);
    return result;
  };
  for (const kind of KINDS) for (const name of Object.keys(args[kind])) declare(kind, name);
  return declared;
}

function attempt(kind: Kind, name: string, args: unknown): Declared {
  const make = (meshway as unknown as Readonly<Record<Kind, Component>>)[kind];
  try {
    return { ref: new make(name, args).ref };
  } catch (error) {
    return { error };
  }
}

/** Returns the known value of an Output. */
export async function insideOf(
  output: pulumi.Output<unknown>,
): Promise<{ readonly value?: unknown; readonly secret: boolean; readonly error?: unknown }> {
  const inside = output as unknown as { promise(): Promise<unknown>; readonly isSecret: Promise<boolean> };
  try {
    return { value: await inside.promise(), secret: await inside.isSecret };
  } catch (error) {
    return { error, secret: false };
  }
}

/** Returns a value as Pulumi prints it, without secrets. */
export function withoutSecretValues(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecretValues);
  if (SIGNATURE in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecretValues(item)]));
}

/** Pulumi's marker for special values; in registered inputs, only secrets have it. */
const SIGNATURE = pulumi.runtime.specialSigKey ?? "4dabf18193072939515e22adb298388d";
