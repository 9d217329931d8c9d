/** Text and number fields of arguments according to the schema, and the ones that generated tables cover. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Args, Place } from "./place.js";
import { resourcesOf } from "./tables.js";
import { PLAIN } from "./texts.js";

interface Type {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Type;
  readonly additionalProperties?: Type;
  readonly oneOf?: readonly Type[];
  readonly enum?: unknown;
  readonly properties?: Readonly<Record<string, Type>>;
}

interface Schema {
  readonly types: Readonly<Record<string, Type>>;
  readonly resources: Readonly<Record<string, { readonly inputProperties?: Readonly<Record<string, Type>> }>>;
}

const SCHEMA = JSON.parse(readFileSync(resolve(__dirname, "../../../provider/schema.json"), "utf8")) as Schema;

/** Fields of each resource by kind. */
const ROOTS = new Map(
  Object.entries(SCHEMA.resources).map(([token, { inputProperties: properties = {} }]) => [
    token.split(":").at(-1) ?? "",
    { properties },
  ]),
);

/** Resolves a type: a union to the member that is no mere wrapper, and a reference to its target. */
function resolved(type: Type): Type {
  const [first] = type.oneOf ?? [];
  if (first !== undefined) return resolved(first);
  const name = type.$ref?.startsWith("#/types/") ? decodeURIComponent(type.$ref.slice("#/types/".length)) : undefined;
  return (name === undefined ? undefined : SCHEMA.types[name]) ?? type;
}

/** Returns all text and number fields, such as `CORSPolicy.allowOrigins[].exact`; values of maps are `{}`. */
export function leavesOfSchema(): readonly string[] {
  const found: string[] = [];
  const walk = (written: Type, path: string): void => {
    const type = resolved(written);
    if (type.enum !== undefined) return;
    if (type.items !== undefined) walk(type.items, `${path}[]`);
    if (type.additionalProperties !== undefined) walk(type.additionalProperties, `${path}{}`);
    for (const [name, each] of Object.entries(type.properties ?? {})) walk(each, `${path}.${name}`);
    if (["string", "number", "integer"].includes(type.type ?? "")) found.push(path);
  };
  for (const [kind, root] of ROOTS) walk(root, kind);
  return found;
}

/** Returns the text and number fields that a text at a place ends up in, not counting keys of maps. */
export function leavesOfPlace(place: Place): readonly string[] {
  const text = PLAIN[place.grammar] ?? "plain-token";
  return resourcesOf("t000000", [{ place, text }]).flatMap(([kind, , args]) => leavesWith(text, kind, args));
}

function leavesWith(text: string, kind: string, args: Args): readonly string[] {
  const found: string[] = [];
  const walk = (written: Type | undefined, value: unknown, path: string): void => {
    const type = written && resolved(written);
    if (Array.isArray(value)) for (const each of value) walk(type?.items, each, `${path}[]`);
    else if (typeof value === "object" && value !== null)
      for (const [name, each] of Object.entries(value)) {
        const known = type?.properties?.[name];
        walk(known ?? type?.additionalProperties, each, known === undefined ? `${path}{}` : `${path}.${name}`);
      }
    else if (typeof value === "number" ? value === Number(text) : String(value).includes(text)) found.push(path);
  };
  walk(ROOTS.get(kind), args, kind);
  return found;
}
