/** Arguments that accept Outputs, from the schema for other languages: `plain` marks the ones that don't. */
import { readFileSync } from "node:fs";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";

export interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly plain?: boolean;
  readonly items?: Property;
  readonly additionalProperties?: Property;
}

type Properties = Readonly<Record<string, Property>>;

interface Schema {
  readonly resources: Readonly<Record<string, { readonly inputProperties: Properties }>>;
  readonly types: Readonly<Record<string, { readonly properties?: Properties; readonly enum?: unknown }>>;
}

const { resources, types } = JSON.parse(readFileSync("provider/schema.json", "utf8")) as Schema;

/** Returns the arguments of a kind of resource. */
export function propertiesOf(kind: Kind): Properties {
  const token = Object.keys(resources).find((each) => each.endsWith(`:${kind}`)) ?? "";
  return resources[token]?.inputProperties ?? {};
}

function fieldsOf({ $ref }: Property): Properties | undefined {
  return types[$ref?.replace("#/types/", "") ?? ""]?.properties;
}

/** Returns true if a property is a reference to another resource. */
export function isReference(property: Property): boolean {
  return "ref" in (fieldsOf(property) ?? {});
}

/** Returns the replacement of a leaf; `place` is its field, such as `JWTProvider.issuer`. */
export type Replace = (value: unknown, place: string) => unknown;

/** Returns a copy of a resource's arguments after passing each leaf to `replace` and each reference to `refer`. */
export function mapLeaves(kind: Kind, args: unknown, replace: Replace, refer: Replace = (value) => value): unknown {
  const walk = (value: unknown, property: Property, place: string): unknown => {
    if (isReference(property)) return refer(value, place);
    if (Array.isArray(value))
      return value.map((item) => (property.items === undefined ? item : walk(item, property.items, place)));
    if (typeof value === "object" && value !== null) {
      const { additionalProperties } = property;
      const fields = fieldsOf(property) ?? {};
      const of = property.$ref?.split(":").at(-1) ?? place;
      return mapFields(value, (key, item) => {
        const inside = additionalProperties ?? fields[key];
        return inside === undefined ? item : walk(item, inside, additionalProperties ? place : `${of}.${key}`);
      });
    }
    return value === undefined || property.plain === true ? value : replace(value, place);
  };
  const properties = propertiesOf(kind);
  return mapFields(args as object, (key, item) =>
    properties[key] === undefined ? item : walk(item, properties[key], `${kind}.${key}`),
  );
}

function mapFields(value: object, map: (key: string, item: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(key, item)]));
}

/** Returns arguments with every field of the schema once, even mutually exclusive ones. */
export function fullArgs(kind: Kind, reference: string): Readonly<Record<string, unknown>> {
  const full = (property: Property, depth: number): unknown => {
    if (isReference(property)) return reference;
    if (property.items !== undefined) return [full(property.items, depth + 1)];
    if (property.additionalProperties !== undefined) return { key: full(property.additionalProperties, depth + 1) };
    const fields = fieldsOf(property);
    if (fields === undefined) return property.type === "string" || property.type === undefined ? "a" : 1;
    if (depth > 12) return {};
    return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, full(each, depth + 1)]));
  };
  return Object.fromEntries(Object.entries(propertiesOf(kind)).map(([key, each]) => [key, full(each, 0)]));
}
