import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { compileModelText } from "../../sdk/nodejs/src/cli/source.js";
import type { Diagnostic } from "../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { formatDiagnostics } from "../../sdk/nodejs/src/diagnostics/format.js";
import type { KubeObject, RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { toYaml } from "../../sdk/nodejs/src/kube/yaml.js";
import type { Plan } from "../../sdk/nodejs/src/plan/types.js";

/** Folder of the golden cases. */
export const CASES = resolve(__dirname, "../golden/cases");

/** The file that a case begins with. */
const INPUT = "in.yaml";

/** The files that a case may end with; one that would be empty is absent. */
const OUTPUTS = ["plan.yaml", "istio.yaml", "diagnostics.txt"] as const;

/** Everything that comes of one model file. */
export interface GoldenResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly plan: Plan;
  readonly objects: readonly RenderedObject[];
}

/** The names of the cases, sorted. */
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

/** The text of each output file; the empty text stands for an absent file. */
export function outputsOf(result: GoldenResult): Readonly<Record<string, string>> {
  const { diagnostics, plan, objects } = result;
  const clusters = [...new Set(objects.map(({ cluster }) => cluster))];
  return {
    "plan.yaml": plan.clusters.length === 0 ? "" : stringify(plan, { lineWidth: 0, aliasDuplicateObjects: false }),
    "istio.yaml": clusters.map((cluster) => `# cluster: ${cluster}\n${toYaml(objectsIn(cluster, objects))}`).join(""),
    "diagnostics.txt": diagnostics.length === 0 ? "" : `${formatDiagnostics(diagnostics.map(withoutPlace))}\n`,
  };
}

/** A finding without its place, which each line that is added above it would change; test/golden/places.test.ts looks at places. */
function withoutPlace({ place: _, ...rest }: Diagnostic): Diagnostic {
  return rest;
}

/** The objects of one cluster. */
export function objectsIn(cluster: string, objects: readonly RenderedObject[]): readonly KubeObject[] {
  return objects.filter((rendered) => rendered.cluster === cluster).map(({ object }) => object);
}

/** The text of each output file as the case has it now. */
export function expectedOf(name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    OUTPUTS.map((file) => {
      const path = join(CASES, name, file);
      return [file, existsSync(path) ? readFileSync(path, "utf8") : ""];
    }),
  );
}

/** Files of a case that are neither its input nor one of its outputs. */
export function orphansOf(name: string): readonly string[] {
  const known: readonly string[] = [INPUT, ...OUTPUTS];
  return readdirSync(join(CASES, name)).filter((file) => !known.includes(file));
}

/** Writes the output files of a case anew; the empty text removes one. */
export function updateCase(name: string, outputs: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(outputs)) {
    const path = join(CASES, name, file);
    if (text === "") rmSync(path, { force: true });
    else writeFileSync(path, text);
  }
}
