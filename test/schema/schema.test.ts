import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import { extractSchema, SCHEMA_FILE } from "./extract.js";

interface Property {
  readonly description?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
}

interface Schema {
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly inputProperties: Readonly<Record<string, Property>>;
        readonly properties: Readonly<Record<string, Property>>;
      }
    >
  >;
  readonly types: Readonly<
    Record<
      string,
      {
        readonly properties?: Readonly<Record<string, Property>>;
        readonly enum?: readonly { readonly description?: string }[];
      }
    >
  >;
}

describe("schema for other languages", function () {
  // the analyzer type-checks the whole package
  this.timeout(300_000);
  let text: string;
  let schema: Schema;

  before(async () => {
    text = await extractSchema();
    schema = JSON.parse(text) as Schema;
  });

  it("matches provider/schema.json; `npm run schema` rewrites it", () => {
    assert.equal(text, readFileSync(SCHEMA_FILE, "utf8"));
  });

  it("has the components, each with the one output `ref`", () => {
    assert.deepEqual(
      Object.keys(schema.resources).sort(),
      [...KINDS].sort().map((name) => `meshway:index:${name}`),
    );
    for (const [name, { properties }] of Object.entries(schema.resources))
      assert.deepEqual(Object.keys(properties), ["ref"], name);
  });

  it("describes every component, property and value, without leftovers of links", () => {
    const missing: string[] = [];
    for (const [name, { description, inputProperties }] of Object.entries(schema.resources)) {
      if (!description) missing.push(name);
      missing.push(...undescribed(name, inputProperties));
    }
    for (const [name, { properties, enum: values }] of Object.entries(schema.types)) {
      missing.push(...undescribed(name, properties ?? {}));
      if (values?.some(({ description }) => !description)) missing.push(`${name} (a value)`);
    }
    assert.deepEqual(missing, []);
    assert.doesNotMatch(text, /\[object/);
    assert.doesNotMatch(text, /pulumi\.json#\/Any/);
  });

  it("refers to existing types, and to the Kubernetes provider as a provider", () => {
    const named = [...text.matchAll(/"#\/types\/([^"]+)"/g)].map((match) => match[1] ?? "");
    assert.deepEqual(
      named.filter((name) => schema.types[name] === undefined),
      [],
    );
    const foreign = new Set([...text.matchAll(/"\$ref": "(\/[^"]+)"/g)].map((match) => match[1] ?? ""));
    assert.deepEqual(
      [...foreign].map((ref) => ref.replace(/v[\d.]+/, "vN")),
      ["/kubernetes/vN/schema.json#/provider"],
    );
  });

  it("has every type of the arguments once", () => {
    const folder = join(__dirname, "../../sdk/nodejs/src/args");
    const declared = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/^export (?:interface|const) (\w+)/gm)].map(
        (match) => match[1] ?? "",
      ),
    );
    const components = new Set(Object.keys(schema.resources).map((name) => `${name.split(":")[2]}Args`));
    const expected = declared.filter((name) => !components.has(name)).map((name) => name.replace(/Args$/, ""));
    assert.deepEqual(
      Object.keys(schema.types)
        .map((name) => name.split(":")[2])
        .sort(),
      expected.sort(),
    );
  });
});

function undescribed(owner: string, properties: Readonly<Record<string, Property>>): string[] {
  return Object.entries(properties).flatMap(([name, { description }]) => (description ? [] : [`${owner}.${name}`]));
}
