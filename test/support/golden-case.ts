import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { compileModelText } from "../../sdk/nodejs/src/cli/source.js";
import type { Diagnostic } from "../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { formatDiagnostics } from "../../sdk/nodejs/src/diagnostics/format.js";
import type { KubeObject, RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { toYaml } from "../../sdk/nodejs/src/kube/yaml.js";
import type { Plan } from "../../sdk/nodejs/src/plan/types.js";

/** The folder of the golden cases. */
export const CASES = resolve(__dirname, "../golden/cases");

/** The input file of a case. */
const INPUT = "in.yaml";

/** Output files of a case; an empty one is absent. */
const OUTPUTS = ["plan.yaml", "istio.yaml", "diagnostics.txt"] as const;

/** The result of compiling one model file. */
export interface GoldenResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly plan: Plan;
  readonly objects: readonly RenderedObject[];
}

/** Returns the names of the cases, sorted. */
export function goldenCases(): readonly string[] {
  return readdirSync(CASES).sort();
}

/** Compiles the input of a case. */
export function runCase(name: string): GoldenResult {
  return compileText(readFileSync(join(CASES, name, INPUT), "utf8"));
}

/** Compiles a model file. */
export function compileText(text: string): GoldenResult {
  return compileModelText(INPUT, text);
}

/** Returns the text of each output file; an empty text stands for an absent file. */
export function outputsOf(result: GoldenResult): Readonly<Record<string, string>> {
  const { diagnostics, plan, objects } = result;
  const clusters = [...new Set(objects.map(({ cluster }) => cluster))];
  return {
    "plan.yaml": plan.clusters.length === 0 ? "" : stringify(plan, { lineWidth: 0, aliasDuplicateObjects: false }),
    "istio.yaml": clusters.map((cluster) => `# cluster: ${cluster}\n${toYaml(objectsIn(cluster, objects))}`).join(""),
    "diagnostics.txt": diagnostics.length === 0 ? "" : `${formatDiagnostics(diagnostics.map(withoutPlace))}\n`,
  };
}

/**
 * Drops a finding's line and column, which every line added above would change; test/golden/places.test.ts covers them.
 */
function withoutPlace({ place: _, ...rest }: Diagnostic): Diagnostic {
  return rest;
}

/** Returns the objects of one cluster. */
export function objectsIn(cluster: string, objects: readonly RenderedObject[]): readonly KubeObject[] {
  return objects.filter((rendered) => rendered.cluster === cluster).map(({ object }) => object);
}

/** Returns the text of each output file as the case has it now. */
export function expectedOf(name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    OUTPUTS.map((file) => {
      const path = join(CASES, name, file);
      return [file, existsSync(path) ? readFileSync(path, "utf8") : ""];
    }),
  );
}

/** Returns the files of a case that are neither its input nor one of its outputs. */
export function orphansOf(name: string): readonly string[] {
  const known: readonly string[] = [INPUT, ...OUTPUTS];
  return readdirSync(join(CASES, name)).filter((file) => !known.includes(file));
}

/** Rewrites the output files of a case; an empty text removes the file. */
export function updateCase(name: string, outputs: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(outputs)) {
    const path = join(CASES, name, file);
    if (text === "") rmSync(path, { force: true });
    else writeFileSync(path, text);
  }
}
