import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import { SOURCE, sourceFiles } from "./support/source-files.js";

/** What programs write as a reference, and what the model makes of it. */
const REFERENCES: readonly string[] = ["PolicyReference", "WorkspaceReference"];

/** Generic names that say what something is nowhere; the place of a finding in a file keeps its public name. */
const GENERIC: readonly string[] = ["Context", "Place"];
const PLACE_OF_FINDINGS = "diagnostics/diagnostic.ts";

interface Declared {
  readonly name: string;
  readonly file: string;
}

const DECLARATION = /^(?:export )?(?:abstract |async )*(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;

function declarationsIn(file: string): readonly (Declared & { readonly isExported: boolean })[] {
  const where = relative(SOURCE, file);
  return [...readFileSync(file, "utf8").matchAll(DECLARATION)].map(([text, name = ""]) => ({
    name,
    file: where,
    isExported: text.startsWith("export "),
  }));
}

const declarations = sourceFiles().flatMap(declarationsIn);

/** The files that export each name. A constant and the type of its values are one export. */
function exportersByName(): ReadonlyMap<string, readonly string[]> {
  const exported = declarations.filter(({ isExported }) => isExported);
  return new Map(
    [...new Set(exported.map(({ name }) => name))].map((name) => [
      name,
      [...new Set(exported.filter((each) => each.name === name).map(({ file }) => file))],
    ]),
  );
}

/** Whether files export one name for one thing in several layers. */
function isOneThing(name: string, files: readonly string[]): boolean {
  const folders = files.map((file) => file.split("/")[0] ?? "").sort();
  const isPair = (...pair: readonly string[]) => JSON.stringify(folders) === JSON.stringify(pair);
  if (KINDS.some((kind) => kind === name)) return isPair("model", "resources");
  if (REFERENCES.includes(name)) return isPair("args", "model");
  // a chapter of the catalog, and the rule that raises its codes
  return isPair("check", "diagnostics") && files.every((file) => /^(?:check|diagnostics\/catalog)\//.test(file));
}

describe("exported names", () => {
  it("mean one thing each", () => {
    const shared = [...exportersByName()].filter(([name, files]) => files.length > 1 && !isOneThing(name, files));
    assert.deepEqual(Object.fromEntries(shared), {});
  });

  it("are found in all layers", () => {
    const exporters = exportersByName();
    assert.ok(exporters.size > 1000, `${exporters.size} names`);
    assert.deepEqual(exporters.get("VirtualGateway"), ["model/virtual-gateway.ts", "resources/virtual-gateway.ts"]);
  });

  it("and local ones say what they are", () => {
    const generic = declarations.filter(
      ({ name, file }) => GENERIC.includes(name) && !(name === "Place" && file === PLACE_OF_FINDINGS),
    );
    assert.deepEqual(generic, []);
  });
});
