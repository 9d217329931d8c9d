import type { RenderedObject } from "../kube/object.js";
import { toYaml } from "../kube/yaml.js";
import { filesOf } from "./file-names.js";
import { HEADER } from "./own-file.js";
import { OutputError, planOutput } from "./plan-output.js";
import { replaceFiles } from "./replace-files.js";

/**
 * Writes one file for each object below a folder, and removes files of earlier renders in `clusters` (default: in all).
 *
 * Throws `OutputError`. Files then are as they were; where it says that files could not be removed, all that is new is there besides.
 */
export function writeObjects(folder: string, objects: readonly RenderedObject[], clusters?: readonly string[]): void {
  const texts = new Map<string, ReadonlyMap<string, string>>();
  for (const cluster of new Set(objects.map((each) => each.cluster))) {
    const files = filesOf(objects.filter((each) => each.cluster === cluster).map((each) => each.object));
    texts.set(cluster, new Map([...files].map(([file, object]) => [file, `${HEADER}\n${toYaml([object])}`])));
  }
  try {
    replaceFiles(planOutput(folder, texts, clusters));
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw new OutputError(error.message);
    throw error;
  }
}
