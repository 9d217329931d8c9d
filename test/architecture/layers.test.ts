import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize, relative, resolve } from "node:path";
import { SOURCE, sourceFiles } from "./support/source-files.js";

/** What a folder may import besides itself; everything that is not listed is refused. `args` to `resources` only look to their left. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kinds: [],
  memo: [],
  diagnostics: ["kinds", "memo"],
  args: [],
  model: ["kinds", "memo", "args", "diagnostics"],
  kube: ["diagnostics", "model"],
  check: ["kinds", "memo", "args", "model", "diagnostics", "kube"],
  plan: ["kinds", "args", "model", "diagnostics", "kube"],
  render: ["kinds", "args", "model", "diagnostics", "kube", "plan"],
  resources: ["kinds", "memo", "args", "model", "diagnostics", "kube", "check", "compile.ts"],
  simulate: ["kinds", "memo", "args", "model", "diagnostics", "plan"],
  cli: ["kinds", "model", "diagnostics", "kube", "plan", "render", "compile.ts", "resources", "simulate"],
  testing: ["kinds", "model", "diagnostics", "plan", "compile.ts", "simulate", "cli"],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => ({ file, target: match[1] ?? "" }));
}

/** The folder of a source file below the sources; of a file at their top, its own name. */
function folderOf(file: string): string {
  return relative(SOURCE, file).replace(/\.js$/, ".ts").split("/")[0] ?? "";
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);

describe("layers", () => {
  it("finds the sources", () => {
    assert.ok(files.length > 50, `${files.length} files`);
  });

  it("knows every folder", () => {
    const folders = new Set(files.map(folderOf).filter((folder) => !folder.endsWith(".ts")));
    assert.deepEqual([...folders].sort(), Object.keys(MAY_IMPORT).sort());
  });

  it("each file imports only what is to its left", () => {
    const wrong = imports.flatMap(({ file, target }) => {
      if (!target.startsWith(".")) return [];
      const from = folderOf(file);
      const to = folderOf(normalize(join(dirname(file), target)));
      const allowed = MAY_IMPORT[from];
      return allowed === undefined || from === to || allowed.includes(to) ? [] : [`${file} imports ${target}`];
    });
    assert.deepEqual(wrong, []);
  });

  it("allows nothing that no file imports", () => {
    const used = new Set(
      imports
        .filter(({ target }) => target.startsWith("."))
        .map(({ file, target }) => `${folderOf(file)} -> ${folderOf(normalize(join(dirname(file), target)))}`),
    );
    const unused = Object.entries(MAY_IMPORT).flatMap(([from, allowed]) =>
      allowed.map((to) => `${from} -> ${to}`).filter((arrow) => !used.has(arrow)),
    );
    assert.deepEqual(unused, []);
  });

  it("only resources, the command line and args/input.ts know Pulumi", () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        target.startsWith("@pulumi/") &&
        !["resources", "cli"].includes(folderOf(file)) &&
        file !== `${SOURCE}/args/input.ts`,
    );
    assert.deepEqual(wrong, []);
  });

  it("only model knows zod", () => {
    assert.deepEqual(
      imports.filter(({ file, target }) => target === "zod" && folderOf(file) !== "model"),
      [],
    );
  });

  it("renderers do not import each other", () => {
    const renderer = (path: string): string => relative(`${SOURCE}/render`, path).split("/")[0] ?? "";
    const wrong = imports.filter(({ file, target }) => {
      if (folderOf(file) !== "render" || !target.startsWith(".")) return false;
      const to = normalize(join(dirname(file), target));
      return (
        to.startsWith(`${SOURCE}/render/`) && renderer(to).includes(".") === false && renderer(file) !== renderer(to)
      );
    });
    assert.deepEqual(wrong, []);
  });

  it("no file is longer than 300 lines, no module is named utils", () => {
    const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 301);
    assert.deepEqual(long, []);
    assert.deepEqual(
      files.filter((file) => /\/(utils|helpers|common)\.ts$/.test(file)),
      [],
    );
  });

  it("`meshway/model` works without Pulumi", () => {
    const script = `
      const load = require("node:module")._load;
      require("node:module")._load = function (name, ...rest) {
        if (name.startsWith("@pulumi/")) throw new Error("loaded " + name);
        return load.call(this, name, ...rest);
      };
      const model = require(${JSON.stringify(resolve(SOURCE, "../bin/model.js"))});
      console.log(typeof model.compile);
    `;
    assert.equal(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim(), "function");
  });
});
