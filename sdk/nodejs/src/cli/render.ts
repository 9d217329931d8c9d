import { hasErrors } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import { visible } from "../diagnostics/words.js";
import { objectKey, objectName, type RenderedObject } from "../kube/object.js";

import type { Outcome } from "./outcome.js";
import { type Part, writeObjects } from "./output-files.js";
import { OutputError } from "./plan-output.js";
import { counted, type Printer } from "./print.js";
import { compileSource } from "./source.js";

/** Renders a program or a model file, or a part of its objects, and returns the exit code. */
export async function render(source: string, options: RenderOptions, printer: Printer, part?: Part): Promise<number> {
  const outcome = await compileSource(source, options.stack);
  const isJson = options.json === true;
  if (!isJson) await printer.notes(outcome.notes);
  if (outcome.failure !== undefined) {
    const failure = `the program ${source} failed: ${outcome.failure}`;
    if (isJson) await printer.json({ findings: [], objects: 0, error: failure });
    else await printer.failure(failure);
    return 1;
  }
  const objects = part === undefined ? outcome.objects : outcome.objects.filter(({ object }) => part.has(object));
  const found = [
    ...outcome.diagnostics.filter((each) => part === undefined || !isOfOthers(each, part)),
    ...unknownClusters(source, outcome, options.cluster),
    ...collisions(objects).map(outcome.locate ?? ((each) => each)),
  ];
  const isRefused = hasErrors(found);
  const wanted = isRefused ? [] : chosen(objects, options.cluster);
  if (!isJson) await printer.findings(found);
  if (!isRefused && part !== undefined && objects.length === 0) {
    const error = `no workspace and no virtual gateway of ${source} has a \`${part.what}\``;
    if (isJson) await printer.json({ findings: found, objects: 0, error });
    else await printer.failure(error);
    return 1;
  }
  let removed = 0;
  if (!isRefused && options.out !== undefined) {
    try {
      removed = writeObjects(options.out, wanted, options.cluster, part, options.allowEmpty);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      if (isJson) await printer.json({ findings: found, objects: 0, error: error.message });
      else await printer.failure(error.message);
      return 1;
    }
  }
  if (isJson)
    await printer.json({ findings: found, objects: wanted.length, ...(options.out !== undefined && { removed }) });
  else if (!isRefused) {
    const clusters = new Set(wanted.map(({ cluster }) => cluster)).size;
    const what = `${counted(wanted.length, "object")} for ${counted(clusters, "cluster")}`;
    await printer.answer(visible(`rendered ${what} to ${options.out}, removed ${counted(removed, "file")}`));
  }
  return isRefused ? 1 : 0;
}

/** Returns true if a finding is about values that only files outside of a part would contain. */
function isOfOthers({ code, subject: { kind } }: Diagnostic, { makers }: Part): boolean {
  return (code === "MW0902" || code === "MW0904") && kind !== "Model" && !makers.includes(kind);
}

function chosen(
  objects: readonly RenderedObject[],
  clusters: readonly string[] | undefined,
): readonly RenderedObject[] {
  return clusters === undefined ? objects : objects.filter(({ cluster }) => clusters.includes(cluster));
}

/** Returns findings about names on the command line that are not clusters. */
function unknownClusters(source: string, outcome: Outcome, named: readonly string[] = []): readonly Diagnostic[] {
  const findings = new Findings();
  const known = [...new Set(outcome.clusters)].sort();
  // an unreadable model has no clusters to compare with
  if (known.length === 0 && hasErrors(outcome.diagnostics)) return [];
  for (const cluster of named) {
    if (known.includes(cluster)) continue;
    findings.add("MW0501", { kind: "Model", name: source }, [], { cluster, known });
  }
  return findings.sorted();
}

/**
 * Returns findings about objects that two resources render with the same name in one cluster, as two fleets that share
 * a cluster may.
 */
function collisions(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const findings = new Findings();
  const seen = new Map<string, RenderedObject>();
  for (const each of objects) {
    const key = `${each.cluster}/${objectKey(each.object)}`;
    const { kind } = each.object;
    if (seen.has(key)) {
      const name = objectName(each.object);
      findings.add("MW0108", each.maker, [], { kind: `${kind} of cluster ${each.cluster}`, name });
    }
    seen.set(key, each);
  }
  return findings.sorted();
}

/** Options of `meshway render` and `meshway guard`. */
export interface RenderOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly cluster?: readonly string[];
  readonly stack?: string;
  /** Allows removing all files of earlier renders if nothing is rendered. */
  readonly allowEmpty?: boolean;
}
