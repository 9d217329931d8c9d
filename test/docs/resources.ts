/** Writes docs/resources.md from provider/schema.json, whose text comes from the docstrings of sdk/nodejs/src/args. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const RESOURCES_FILE = resolve(__dirname, "../../docs/resources.md");

const SCHEMA_FILE = resolve(__dirname, "../../provider/schema.json");

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly description?: string;
  readonly plain?: boolean;
  readonly optional?: boolean;
}

type Properties = Readonly<Record<string, Property>>;

interface Type {
  readonly description?: string;
  readonly properties?: Properties;
  readonly enum?: readonly { readonly value: string; readonly description?: string }[];
}

interface Schema {
  readonly resources: Readonly<Record<string, { readonly description?: string; readonly inputProperties: Properties }>>;
  readonly types: Readonly<Record<string, Type>>;
}

const HEAD = `<!-- Generated from provider/schema.json by test/docs/resources.ts: change the docstrings in
sdk/nodejs/src/args, then \`npm run schema\`. -->

# Resources

Every field with its type and meaning. A field in **bold** is required. Fields of type \`Input\` may be Outputs of other
resources; the others decide which objects exist, or contain fields that do. Every resource has one output, \`ref\`, by
which other stacks and languages refer to it.
`;

const ORDER = ["Fleet", "VirtualGateway", "RouteTable", "VirtualDestination", "ExternalService"];

/** Renders the whole page: first the resources, then the types of their fields. */
export function resourcesPage(): string {
  const { resources, types } = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as Schema;
  const named = Object.entries(resources).map(([token, resource]) => ({ name: nameOf(token), ...resource }));
  const sorted = named.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
  const own = sorted.map(({ name, description, inputProperties }) => section("##", name, description, inputProperties));
  const shared = Object.entries(types)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([token, { description, properties, enum: values }]) =>
      values === undefined
        ? section("###", nameOf(token), description, properties ?? {})
        : `### ${nameOf(token)}\n\n${values.map(valueLine).join("")}`,
    );
  return `${HEAD}\n${own.join("\n")}\n## Types\n\n${shared.join("\n")}`;
}

function rank(name: string): number {
  const index = ORDER.indexOf(name);
  return index < 0 ? ORDER.length : index;
}

function section(level: string, name: string, description: string | undefined, properties: Properties): string {
  const rows = Object.entries(properties).map(([field, property]) => {
    const shown = property.optional === true ? `\`${field}\`` : `**\`${field}\`**`;
    return `| ${shown} | ${typeOf(property)} | ${inLine(property.description).replaceAll("|", "\\|")} |\n`;
  });
  const table = rows.length === 0 ? "" : `| field | type | meaning |\n|---|---|---|\n${rows.join("")}`;
  return `${level} ${name}\n\n${description === undefined ? "" : `${description}\n\n`}${table}`;
}

function valueLine({ value, description }: NonNullable<Type["enum"]>[number]): string {
  return `- \`${value}\`: ${inLine(description)}\n`;
}

function typeOf(property: Property): string {
  const { type, items, additionalProperties, $ref, plain } = property;
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (additionalProperties !== undefined) return `map to ${typeOf(additionalProperties)}`;
  const name = $ref === undefined ? (type ?? "any") : linkTo($ref);
  return plain === true ? name : `Input of ${name}`;
}

function linkTo(ref: string): string {
  if (!ref.startsWith("#/types/")) return "Kubernetes provider";
  const name = nameOf(decodeURIComponent(ref));
  return `[${name}](#${name.toLowerCase()})`;
}

function nameOf(token: string): string {
  return token.split(":").at(-1) ?? token;
}

function inLine(text = ""): string {
  return text.replace(/\s+/g, " ").trim();
}
