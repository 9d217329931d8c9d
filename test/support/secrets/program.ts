/** Programs that declare the resources of a model, with secrets in leaves. */
import * as pulumi from "@pulumi/pulumi";
import * as meshway from "../../../sdk/nodejs/src/index.js";
import { isPolicyKind, KINDS, type Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import type { ModelArgs } from "../arbitraries/model-args.js";
import { mapLeaves, type Replace } from "./schema-leaves.js";

/** A resource of a program, or why it was refused. */
export interface Declared {
  readonly ref?: pulumi.Output<unknown>;
  readonly error?: unknown;
}

/** What takes the place of a list or map of arguments as a whole; the same one where nothing does. */
export type Whole = (value: object) => unknown;

/** A copy of arguments in which `whole` has seen each list and map but the outermost. */
function withWholes(value: unknown, whole: Whole, isOutermost = true): unknown {
  const isList = Array.isArray(value);
  if (!isList && !isMap(value)) return value;
  const seen = isOutermost ? value : whole(value);
  if (seen !== value) return seen;
  if (isList) return value.map((item) => withWholes(item, whole, false));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withWholes(item, whole, false)]));
}

/** Whether a value is a plain map, and no resource or Output. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

type Component = new (name: string, args: unknown) => { readonly ref: pulumi.Output<unknown> };

/** What a reference in a field may lead to. */
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
 * Declares every resource of a model after those that it refers to; gives them by kind and name.
 *
 * `known` has descriptors of resources that are referred to as resources of another stack are, instead of as those of this program.
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
    // whoever refers to itself, in a circle
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

/** What is known of an Output. */
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

/** A value as Pulumi prints it: secrets are not. */
export function withoutSecretValues(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecretValues);
  if (SIGNATURE in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecretValues(item)]));
}

/** Pulumi's mark of values with a meaning of their own; in what resources are registered with, only secrets have it. */
const SIGNATURE = pulumi.runtime.specialSigKey ?? "4dabf18193072939515e22adb298388d";
