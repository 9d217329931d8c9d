import { isUtf8 } from "node:buffer";
import { type Stats, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { type Compiled, compile } from "../compile.js";
import { withoutConsequences } from "../resources/consequential-findings.js";
import { readModelFile } from "./model-file.js";
import { type Outcome, unreadable } from "./outcome.js";
import { FilePlaces } from "./places.js";
import { runProgram } from "./program.js";
import { isProjectFile } from "./project.js";

const MODEL_FILES: readonly string[] = [".yaml", ".yml", ".json"];
const PROGRAM_FILES: readonly string[] = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/**
 * Reads, checks and renders a source: a folder or file of a program, a model file, or `-` for a model file from
 * standard input. With `compilePlan`, a model file is not rendered.
 */
export async function compileSource(
  source: string,
  stack: string | undefined,
  compileModel: typeof compile = compile,
): Promise<Outcome> {
  if (source === "-") return compileBytes(STANDARD_INPUT, () => buffer(process.stdin), compileModel);
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
  if (!MODEL_FILES.includes(extname(path).toLowerCase()))
    return unreadable(source, `its name ends in none of ${[...MODEL_FILES, ...PROGRAM_FILES].join(", ")}`);
  return compileBytes(source, () => readFile(path), compileModel);
}

/** Name of standard input in findings. */
const STANDARD_INPUT = "<stdin>";

async function compileBytes(
  source: string,
  read: () => Promise<Uint8Array>,
  compileModel: typeof compile,
): Promise<Outcome> {
  let bytes: Uint8Array;
  try {
    bytes = await read();
  } catch (error) {
    return unreadable(source, error instanceof Error ? error.message : String(error));
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  if (isUtf8(bytes)) return compileModelText(source, text, compileModel);
  const { line, column } = new FilePlaces(text, source).placeOf(Math.max(0, text.indexOf("\uFFFD")));
  return unreadable(source, `line ${line}, column ${column}: it is not written in UTF-8`, {
    file: source,
    line,
    column,
  });
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
  const reported = withoutConsequences(compiled.diagnostics, broken).map(locate);
  return { diagnostics: reported, objects, plan, clusters, notes: [], locate };
}
