/**
 * Writes the stubs of a new policy kind: `npm run new-policy NAME routes|destinations|listeners|callers SUMMARY`.
 *
 * The compiler and the tests name the remaining manual steps; CONTRIBUTING.md lists them in order.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

const SOURCE = "sdk/nodejs/src";

const FAMILIES = {
  routes: { list: "ROUTE_POLICY_KINDS", listedBy: "a route, a RouteTable or a VirtualGateway" },
  destinations: { list: "DESTINATION_POLICY_KINDS", listedBy: "a VirtualDestination" },
  listeners: { list: "LISTENER_POLICY_KINDS", listedBy: "a VirtualGateway" },
  callers: { list: "CALLER_POLICY_KINDS", listedBy: "a VirtualDestination or a VirtualGateway" },
} as const;

type Family = keyof typeof FAMILIES;

/** A sentence that fits on one line of a docstring. */
const SUMMARY = /^[A-Z].{10,108}\.$/;

interface Names {
  /** Such as `CompressionPolicy`. */
  readonly kind: string;
  /** Such as `compression-policy`. */
  readonly file: string;
  /** Such as `compressionPolicy`. */
  readonly value: string;
  /** The section of model files, such as `compressionPolicies`. */
  readonly section: string;
}

function namesOf(written: string): Names | undefined {
  const base = written.replace(/Policy$/, "");
  if (!/^[A-Z][A-Za-z]+$/.test(base)) return undefined;
  const words = base.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]*|[A-Z]+/g) ?? [];
  const [first = "", ...rest] = words;
  const value = `${first.toLowerCase()}${rest.join("")}Policy`;
  const file = `${words.map((word) => word.toLowerCase()).join("-")}-policy`;
  return { kind: `${base}Policy`, file, value, section: value.replace(/y$/, "ies") };
}

function isFamily(value: string): value is Family {
  return Object.hasOwn(FAMILIES, value);
}

/** Adds a line to a list in a file, and sorts the list by code units, like the kinds. */
function insert(file: string, list: RegExp, line: string): void {
  const text = readFileSync(file, "utf8");
  const found = list.exec(text);
  if (found?.groups?.["lines"] === undefined) throw new Error(`${file} has no list for ${line}`);
  const lines = [...found.groups["lines"].split("\n").filter((each) => each.trim() !== ""), line].sort();
  writeFileSync(
    file,
    text.replace(found.groups["lines"], () => `${lines.join("\n")}\n`),
  );
}

function write(file: string, text: string): void {
  if (existsSync(file)) throw new Error(`${file} already exists`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeStubs({ kind, file, value, section }: Names, family: Family, summary: string): void {
  const { list, listedBy } = FAMILIES[family];
  const narrowed = family === "routes";
  insert(
    `${SOURCE}/kinds/kinds.ts`,
    new RegExp(`export const ${list} = \\[\\n(?<lines>[^\\]]*)\\] as const`),
    `  "${kind}",`,
  );
  write(
    `${SOURCE}/args/${file}.ts`,
    `${narrowed ? 'import type { RouteSelectorArgs } from "./route-selector.js";\n\n' : ""}/**
 * ${summary}
 */
export interface ${kind}Args {
${
  narrowed
    ? `  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
`
    : ""
}}
`,
  );
  const selectorImport = narrowed
    ? 'import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";\n'
    : "";
  const definition = narrowed ? "RoutePolicyDefinition" : "KindDefinition";
  write(
    `${SOURCE}/model/${file}.ts`,
    `import type { z } from "zod";
import { ${narrowed ? "ALL_ACTIONS, " : ""}type ${definition} } from "./definition.js";
${selectorImport}import { fields } from "./schema.js";

/** ${summary} */
export interface ${kind}${narrowed ? " extends NarrowedToRoutes" : ""} {}

const ${value}Schema: z.ZodType<${kind}> = fields({${narrowed ? " applyToRoutes " : ""}});

export const ${value}Kind = {
  section: "${section}",
  schema: ${value}Schema,
${narrowed ? "  actsOn: ALL_ACTIONS,\n" : ""}} as const satisfies ${definition}<${kind}>;
`,
  );
  const registry = `${SOURCE}/model/registry.ts`;
  insert(
    registry,
    /(?<lines>(?:import \{[^}]*Kind[^}]*\} from "\.\/[^"]*";\n)+)/,
    `import { ${value}Kind } from "./${file}.js";`,
  );
  insert(registry, /export const REGISTRY = \{\n(?<lines>(?: {2}\w+: \w+,\n)+)\}/, `  ${kind}: ${value}Kind,`);
  write(
    `${SOURCE}/resources/${file}.ts`,
    `import * as pulumi from "@pulumi/pulumi";
import type { ${kind}Args } from "../args/${file}.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * ${summary}
 *
 * List it in the \`policies\` of ${listedBy}. Renders nothing on its own
 * and belongs to no fleet, so several resources and stacks can share it. Raises MW01xx for malformed arguments.
 */
export class ${kind} extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ${kind}Args, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:${kind}", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "${kind}", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
`,
  );
  insert(
    `${SOURCE}/index.ts`,
    /(?<lines>(?:export \* from "\.\/args\/[^"]*";\n)+)/,
    `export * from "./args/${file}.js";`,
  );
  insert(
    `${SOURCE}/index.ts`,
    /(?<lines>(?:export \{ \w+ \} from "\.\/resources\/[^"]*";\n)+)/,
    `export { ${kind} } from "./resources/${file}.js";`,
  );
  write(
    `test/golden/cases/${narrowed ? "route-" : ""}policies--${file.replace(/-policy$/, "")}/in.yaml`,
    `fleets:
  prod: { clusters: [{ name: east }] }
${section}:
  mine: {}
virtualGateways:
  web:
    fleet: prod
    namespace: gateways
    workloads: { labels: { istio: ingressgateway } }
    listeners: [{ port: 80 }]
virtualDestinations:
  reviews:
    fleet: prod
    hosts: [reviews.global]
    services: [{ namespace: shop, labels: { app: reviews }, serviceAccounts: [reviews] }]
    ports: [{ number: 80, protocol: HTTP }]${family === "destinations" ? "\n    policies: [mine]" : ""}
routeTables:
  shop:
    fleet: prod
    hosts: [shop.example.com]
    virtualGateways: [web]${narrowed ? "\n    policies: [mine]" : ""}
    http: [{ name: all, forwardTo: { destinations: [{ virtualDestination: reviews }] } }]
`,
  );
}

function main(): number {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [written = "", family = "", summary = ""] = positionals;
  const names = namesOf(written);
  if (names === undefined || !isFamily(family) || !SUMMARY.test(summary) || positionals.length > 3) {
    console.error(
      `usage: npm run new-policy NAME ${Object.keys(FAMILIES).join("|")} SUMMARY\n\n` +
        "NAME is like `Compression`. SUMMARY is one plain sentence on what the policy is, of at most 110 characters.",
    );
    return 2;
  }
  writeStubs(names, family, summary);
  // lists are sorted as the formatter sorts them
  execFileSync("npx", ["biome", "check", "--write", SOURCE], { stdio: "ignore" });
  console.log(
    `${names.kind}: stubs are written. Next: step 2 of "A new policy" in CONTRIBUTING.md; ` +
      "`npm run typecheck` names what is missing.",
  );
  return 0;
}

process.exitCode = main();
