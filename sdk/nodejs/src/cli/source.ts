import { readFileSync, type Stats, statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { type Compiled, compile } from "../compile.js";
import { withoutEchoes } from "../resources/echoes.js";
import { readModelFile } from "./model-file.js";
import { type Outcome, unreadable } from "./outcome.js";
import { runProgram } from "./program.js";
import { isProjectFile } from "./project.js";

const MODEL_FILES: readonly string[] = [".yaml", ".yml", ".json"];
const PROGRAM_FILES: readonly string[] = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** Reads, checks and renders what the user named: a folder or file of a program, or a model file. With `compilePlan` a model file is not rendered. */
export async function compileSource(
  source: string,
  stack: string | undefined,
  compileModel: typeof compile = compile,
): Promise<Outcome> {
  const path = resolve(source);
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return unreadable(source, error instanceof Error ? error.message : String(error));
  }
  if (stats === undefined) return unreadable(source, "there is no such file or folder");
  if (stats.isDirectory() || isProjectFile(path) || PROGRAM_FILES.includes(extname(path)))
    return runProgram(source, path, stack);
  if (!MODEL_FILES.includes(extname(path)))
    return unreadable(source, `its name ends in none of ${[...MODEL_FILES, ...PROGRAM_FILES].join(", ")}`);
  return compileModelFile(source, path, compileModel);
}

function compileModelFile(source: string, path: string, compileModel: typeof compile): Outcome {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return unreadable(source, error instanceof Error ? error.message : String(error));
  }
  return compileModelText(source, text, compileModel);
}

/** Reads, checks and renders the text of a model file. */
export function compileModelText(
  source: string,
  text: string,
  compileModel = compile,
): Outcome & Pick<Compiled, "plan"> {
  const { model, diagnostics, locate } = readModelFile(text, source);
  const compiled = compileModel(model, { found: diagnostics });
  const clusters = [...model.Fleet.values()].flatMap((fleet) => fleet.clusters.map(({ name }) => name));
  const broken = diagnostics
    .map(({ subject }) => subject)
    .filter(({ kind, name }) => kind !== "Model" && !model[kind].has(name));
  const { objects, plan } = compiled;
  const told = withoutEchoes(compiled.diagnostics, broken).map(locate);
  return { diagnostics: told, objects, plan, clusters, notes: [], locate };
}
