import type { Kind } from "../kinds/kinds.js";
import type { KubeObject, RenderedObject } from "../kube/object.js";
import { toYaml } from "../kube/yaml.js";
import { filesOf } from "./file-names.js";
import { HEADER } from "./own-file.js";
import { OutputError, planOutput } from "./plan-output.js";
import { counted } from "./print.js";
import { replaceFiles } from "./replace-files.js";

/** A subset of the objects, with files of its own. */
export interface Part {
  /** Singular noun for one of its objects. */
  readonly what: string;
  readonly has: (object: KubeObject) => boolean;
  /** Kinds of resources that render such objects. */
  readonly makers: readonly Kind[];
  /** Returns true if a file of this name holds such an object. */
  readonly hasFile: (name: string) => boolean;
}

/**
 * Writes one file per object below a folder, removes stale files of earlier renders in `clusters` (default: all), only
 * those of `part` if given, and returns the number of removed files. With nothing to write it removes nothing, unless
 * `mayBeEmpty`.
 *
 * Throws `OutputError` and leaves the files unchanged; if the error says that files could not be removed, all new files
 * are written.
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
        `there is nothing to write, and ${counted(removed, "file")} of earlier renders would be removed ` +
          `from ${folder}: pass --allow-empty if that is intended`,
      );
    replaceFiles(plan);
    return removed;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw new OutputError(error.message);
    throw error;
  }
}
