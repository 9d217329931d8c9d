/** The model's schemas accept exactly the fields of the arguments: users can't write fields that only Meshway sets. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Findings } from "../../sdk/nodejs/src/diagnostics/report.js";
import { KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import { parseResource } from "../../sdk/nodejs/src/model/parse-resource.js";

interface Property {
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
}

interface Schema {
  readonly resources: Readonly<Record<string, { readonly inputProperties: Readonly<Record<string, Property>> }>>;
  readonly types: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>>;
}

const { resources, types } = JSON.parse(readFileSync("provider/schema.json", "utf8")) as Schema;

/** Connection settings, which aren't part of the model, and references, which are names there. */
const NOT_IN_MODEL: readonly string[] = ["context", "clusterIdentifier", "kubeconfig", "provider", "ref"];

/** Kinds that are always rejected. */
const REFUSED: readonly string[] = ["DLPPolicy", "WAFPolicy"];

const ODD = "no such field";

/** Builds a value of a property's shape, with an unknown field in every object. */
function odd(property: Property, depth: number): unknown {
  if (property.items !== undefined) return [odd(property.items, depth)];
  if (property.additionalProperties !== undefined) return { key: odd(property.additionalProperties, depth) };
  const fields = fieldsOf(property);
  if (fields === undefined || depth > 8) return "x";
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, odd(each, depth + 1)])),
    [ODD]: 1,
  };
}

function fieldsOf({ $ref }: Property): Readonly<Record<string, Property>> | undefined {
  return types[$ref?.replace("#/types/", "") ?? ""]?.properties;
}

/** Returns the fields that the schema has at a path. */
function fieldsAt(top: Readonly<Record<string, Property>>, path: readonly (string | number)[]): readonly string[] {
  let fields: Readonly<Record<string, Property>> | undefined = top;
  let property: Property = {};
  for (const step of path) {
    if (property.items !== undefined && typeof step === "number") property = property.items;
    else if (property.additionalProperties !== undefined) property = property.additionalProperties;
    else property = fields?.[step] ?? {};
    fields = fieldsOf(property);
  }
  return Object.keys(fields ?? {});
}

describe("fields of the model", () => {
  let places = 0;

  for (const kind of KINDS.filter((each) => !REFUSED.includes(each))) {
    const token = Object.keys(resources).find((each) => each.endsWith(`:${kind}`)) ?? "";
    it(`${kind} has the fields of its arguments, and no others`, () => {
      const { inputProperties } = resources[token] ?? { inputProperties: {} };
      const args = Object.fromEntries(Object.entries(inputProperties).map(([name, each]) => [name, odd(each, 0)]));
      const findings = new Findings();
      parseResource(kind, "odd", { ...args, [ODD]: 1 }, findings);
      const reported = findings.all.filter(({ code, path }) => code === "MW0101" && path.at(-1) === ODD);
      assert.ok(reported.length > 0);
      for (const { path, facts } of reported) {
        places += 1;
        const { known } = facts as { readonly known: readonly string[] };
        const written = fieldsAt(inputProperties, path.slice(0, -1)).filter((name) => !NOT_IN_MODEL.includes(name));
        assert.deepEqual([...known].sort(), [...written].sort(), `${kind} ${path.join(".")}`);
      }
    });
  }

  it("are checked in many places", () => {
    assert.ok(places > 60, `${places} places`);
  });
});
