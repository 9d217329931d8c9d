import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Stands for the compiler in `caughtBy`. */
export const TYPES = "tsc";

export const FAMILIES = ["routes", "destinations", "listeners", "callers"] as const;

/** Returns the path in the copy of a file of the tree. */
type InCopy = (file: string) => string;

/** Undoes one thing that a step of the recipe asks for. */
export interface Omission {
  readonly step: number;
  readonly what: string;
  readonly edit: (at: InCopy) => void;
  /** The compiler or a test file. */
  readonly caughtBy: string;
  /** Text that its output must contain. */
  readonly says: RegExp;
}

const SOURCE = "sdk/nodejs/src";
const SCHEMA = "provider/schema.json";
const SCHEMA_TEST = "test/schema/schema.test.ts";
const FIELDS_TEST = "test/schema/model-fields.test.ts";
const KINDS_TEST = "test/golden/policy-kinds.test.ts";
const ARGS = `${SOURCE}/args/compression-policy.ts`;
const MODEL = `${SOURCE}/model/compression-policy.ts`;
const TOKEN = "meshway:index:CompressionPolicy";

/** Edits a file; what is to be changed must be there. */
function change(file: string, from: string | RegExp, to: string): Omission["edit"] {
  return (at) => {
    const text = readFileSync(at(file), "utf8");
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`${file} has no ${from}`);
    writeFileSync(at(file), changed);
  };
}

const all =
  (...edits: readonly Omission["edit"][]): Omission["edit"] =>
  (at) => {
    for (const edit of edits) edit(at);
  };

const remove =
  (file: string): Omission["edit"] =>
  (at) =>
    rmSync(at(file), { recursive: true });

/** Edits the schema as `npm run schema` would after a change of the arguments. */
function changeInputs(edit: (inputs: Record<string, unknown>) => void): Omission["edit"] {
  return (at) => {
    const schema = JSON.parse(readFileSync(at(SCHEMA), "utf8")) as {
      readonly resources: Record<string, { readonly inputProperties: Record<string, unknown> }>;
    };
    const inputs = schema.resources[TOKEN]?.inputProperties;
    if (inputs === undefined) throw new Error(`${SCHEMA} has no ${TOKEN}`);
    edit(inputs);
    writeFileSync(at(SCHEMA), JSON.stringify(schema, undefined, 2));
  };
}

const withoutEtag = all(
  change(ARGS, "  disableOnEtagHeader?: Input<boolean>;\n", ""),
  changeInputs((inputs) => {
    delete inputs["disableOnEtagHeader"];
  }),
);

const withLevel = all(
  change(
    ARGS,
    "  /** Algorithms to offer.",
    "  /** How hard to try. */\n  level?: Input<number>;\n  /** Algorithms to offer.",
  ),
  changeInputs((inputs) => {
    inputs["level"] = { type: "number", description: "How hard to try." };
  }),
);

const leftOut = (
  step: number,
  what: string,
  edit: Omission["edit"],
  caughtBy: string,
  says = /CompressionPolicy/,
): Omission => ({ step, what, edit, caughtBy, says });

export const OMISSIONS: readonly Omission[] = [
  leftOut(1, "the kind", change(`${SOURCE}/kinds/kinds.ts`, '  "CompressionPolicy",\n', ""), TYPES),
  leftOut(
    1,
    "the entry of the registry",
    change(`${SOURCE}/model/registry.ts`, "  CompressionPolicy: compressionPolicyKind,\n", ""),
    TYPES,
  ),
  leftOut(
    1,
    "the export of the resource",
    change(`${SOURCE}/index.ts`, 'export { CompressionPolicy } from "./resources/compression-policy.js";\n', ""),
    SCHEMA_TEST,
  ),
  leftOut(
    1,
    "the export of the arguments",
    change(`${SOURCE}/index.ts`, 'export * from "./args/compression-policy.js";\n', ""),
    "test/architecture/public-arguments.test.ts",
    /compression-policy/,
  ),
  leftOut(2, "a field of the arguments", withoutEtag, FIELDS_TEST),
  leftOut(
    2,
    "the docstring of a field",
    change(ARGS, /^ {2}\/\*\* .*\*\/\n(?= {2}minContentLength\?)/m, ""),
    SCHEMA_TEST,
    /CompressionPolicy|minContentLength/,
  ),
  leftOut(3, "a field of the schema and the model", withLevel, FIELDS_TEST),
  leftOut(3, "a field of the schema alone", change(MODEL, /^ {2}disableOnEtagHeader: (?!boolean).*\n/m, ""), TYPES),
  leftOut(
    4,
    "the place in the order of filters",
    change(`${SOURCE}/plan/filter-order.ts`, '  "CompressionPolicy",\n', ""),
    TYPES,
  ),
  leftOut(
    4,
    "the filters of the kind",
    change(`${SOURCE}/render/istio/envoy-filter.ts`, "  CompressionPolicy: [compressionFilters],\n", ""),
    TYPES,
  ),
  leftOut(
    4,
    "what the filters are made of",
    change(
      `${SOURCE}/render/istio/envoy-filter.ts`,
      "CompressionPolicy: [compressionFilters]",
      "CompressionPolicy: []",
    ),
    "test/property/every-policy.test.ts",
  ),
  leftOut(
    5,
    "what the simulator knows",
    change(`${SOURCE}/simulate/policies/simulated-policies.ts`, "  CompressionPolicy: compressionPolicy,\n", ""),
    TYPES,
  ),
  leftOut(
    6,
    "how it is generated",
    change(
      "test/support/arbitraries/route-policies.ts",
      '    CompressionPolicy: some(KINDS.CompressionPolicy, "small"),\n',
      "",
    ),
    TYPES,
  ),
  leftOut(
    6,
    "its texts and numbers at their edges",
    change("test/refusals/support/number-places.ts", /^ {2}policy\("CompressionPolicy", "minContentLength".*\n/m, ""),
    "test/unit/refused-leaves.test.ts",
  ),
  leftOut(7, "the good golden case", remove("test/golden/cases/route-policies--compression"), KINDS_TEST),
  leftOut(7, "the bad golden case", remove("test/golden/cases/findings--compression"), KINDS_TEST),
  leftOut(7, "the traffic test", remove("test/traffic/support/compression.ts"), KINDS_TEST),
  leftOut(
    8,
    "the schema for other languages",
    (at) => {
      const schema = JSON.parse(readFileSync(at(SCHEMA), "utf8")) as { readonly resources: Record<string, unknown> };
      delete schema.resources[TOKEN];
      writeFileSync(at(SCHEMA), JSON.stringify(schema, undefined, 2));
    },
    SCHEMA_TEST,
  ),
  leftOut(
    8,
    "the page of resources",
    change("docs/resources.md", /^## CompressionPolicy\n[\s\S]*?(?=^## )/m, ""),
    "test/unit/docs.test.ts",
  ),
];
