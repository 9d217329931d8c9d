import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { KubeObject, RenderedObject } from "../kube/object.js";
import { toYaml } from "../kube/yaml.js";

/** First line of every file that `meshway render` writes; only files that carry it are ever changed or removed. */
export const HEADER = "# rendered by meshway";

/** Why nothing could be written. */
export class OutputError extends Error {}

/** Writes one file for each object below a folder, and removes files of earlier renders in `clusters` (default: in all). */
export function writeObjects(folder: string, objects: readonly RenderedObject[], clusters?: readonly string[]): void {
  const texts = new Map<string, string>();
  for (const cluster of new Set(objects.map((each) => each.cluster))) {
    for (const [file, object] of filesOf(objects.filter((each) => each.cluster === cluster).map((each) => each.object)))
      texts.set(join(folder, cluster, file), `${HEADER}\n${toYaml([object])}`);
  }
  try {
    // nothing is written where one file can't be
    for (const path of texts.keys()) refuseForeign(path);
    for (const cluster of clusters ?? subfoldersOf(folder)) prune(join(folder, cluster), texts);
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of texts) writeFile(path, text);
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new OutputError(error.message);
    throw error;
  }
}

/** The file name of each object of one cluster; where two would get one name, both get a hash. */
export function filesOf(objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  const named = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const same = named.get(fileName(object));
    if (same === undefined) named.set(fileName(object), [object]);
    else same.push(object);
  }
  const files = [...named].flatMap(([name, same]): [string, KubeObject][] =>
    same.map((object) => [`${name}${same.length > 1 ? `-${hashOf(object)}` : ""}.yaml`, object]),
  );
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `virtual-service-gateways-shop` for a VirtualService. */
function fileName({ kind, metadata }: KubeObject): string {
  const kebab = kind.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase();
  return `${kebab}-${metadata.namespace}-${metadata.name}`;
}

function hashOf({ apiVersion, kind, metadata }: KubeObject): string {
  const identity = JSON.stringify([apiVersion, kind, metadata.namespace, metadata.name]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 8);
}

function refuseForeign(path: string): void {
  if (existsSync(path) && !isOurs(path))
    throw new OutputError(`${path} exists and was not rendered by meshway: move it away, or choose another folder`);
}

/** Whether a file begins with the header. */
function isOurs(path: string): boolean {
  if (!lstatSync(path).isFile()) return false;
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(HEADER.length + 2);
    const text = start.toString("utf8", 0, readSync(file, start, 0, start.length, 0));
    return text === `${HEADER}\r\n` || text.startsWith(`${HEADER}\n`);
  } finally {
    closeSync(file);
  }
}

function subfoldersOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Removes what an earlier render wrote and this one does not, and the folder where it is empty then. */
function prune(folder: string, texts: ReadonlyMap<string, string>): void {
  if (!existsSync(folder)) return;
  let removed = false;
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (!name.endsWith(".yaml") || texts.has(path) || !isOurs(path)) continue;
    rmSync(path);
    removed = true;
  }
  if (removed && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Writes a file in one step, so that nobody reads half of it; one that is the same already stays untouched. */
function writeFile(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(join(path, ".."), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
}
