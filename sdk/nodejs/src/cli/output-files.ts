import type { Kind } from "../kinds/kinds.js";
import type { KubeObject, RenderedObject } from "../kube/object.js";
import { toYaml } from "../kube/yaml.js";
import { filesOf } from "./file-names.js";
import { HEADER } from "./own-file.js";
import { OutputError, planOutput } from "./plan-output.js";
import { counted } from "./print.js";
import { replaceFiles } from "./replace-files.js";

/** A part of all objects, with files of its own. */
export interface Part {
  /** What it is called, for one of them. */
  readonly what: string;
  readonly has: (object: KubeObject) => boolean;
  /** Kinds of resources that make such objects. */
  readonly makers: readonly Kind[];
  /** Whether a file of this name holds such an object. */
  readonly hasFile: (name: string) => boolean;
}

/**
 * Writes one file for each object below a folder, and removes files of earlier renders in `clusters` (default: in
 * all), of a part only its own; gives how many were removed. Where there is nothing to write it removes none, unless
 * it may.
 *
 * Throws `OutputError`. Files then are as they were; where it says that files could not be removed, all that is new is there besides.
 */
export function writeObjects(
  folder: string,
  objects: readonly RenderedObject[],
  clusters?: readonly string[],
  part?: Part,
  mayBeEmpty = false,
): number {
  const texts = new Map<string, ReadonlyMap<string, string>>();
  for (const cluster of new Set(objects.map((each) => each.cluster))) {
    const files = filesOf(objects.filter((each) => each.cluster === cluster).map((each) => each.object));
    texts.set(cluster, new Map([...files].map(([file, object]) => [file, `${HEADER}\n${toYaml([object])}`])));
  }
  try {
    const plan = planOutput(folder, texts, clusters, part?.hasFile);
    const removed = plan.stale.length;
    if (objects.length === 0 && removed > 0 && !mayBeEmpty)
      throw new OutputError(
        `there is nothing to write, and ${counted(removed, "file")} of earlier renders would go from ${folder}: give --allow-empty if that is meant`,
      );
    replaceFiles(plan);
    return removed;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw new OutputError(error.message);
    throw error;
  }
}
