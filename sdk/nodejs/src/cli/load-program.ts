import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const INDEXES = ["index.js", "index.mjs", "index.ts", "index.mts"];

/** Loads a program as Pulumi does, calls its export if that is a function, and awaits the result. */
export async function loadProgram(entry: string, load: NodeJS.Require): Promise<void> {
  const isFolder = statSync(entry).isDirectory();
  const folder = isFolder ? entry : dirname(entry);
  const manifest = manifestOf(folder);
  const isModule = /\.m[jt]s$/.test(entry) || (manifest["type"] === "module" && !/\.c[jt]s$/.test(entry));
  // the trailing slash makes Node.js load the folder, not a file of the same name next to it
  const program: unknown = isModule
    ? await import(pathToFileURL(isFolder ? indexOf(folder, manifest) : entry).href)
    : load(isFolder ? `${entry}/` : entry);
  const main = isModule && hasDefault(program) ? program.default : program;
  const exported: unknown = await (typeof main === "function" ? main() : main);
  // the exported values may be promises too
  if (typeof exported === "object" && exported !== null) await Promise.all(Object.values(exported));
}

function hasDefault(program: unknown): program is { readonly default: unknown } {
  return typeof program === "object" && program !== null && "default" in program;
}

/** Returns the nearest package.json at or above a folder. */
function manifestOf(folder: string): Readonly<Record<string, unknown>> {
  const file = join(folder, "package.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
  return dirname(folder) === folder ? {} : manifestOf(dirname(folder));
}

function indexOf(folder: string, manifest: Readonly<Record<string, unknown>>): string {
  const main = manifest["main"];
  const names = typeof main === "string" && existsSync(join(folder, "package.json")) ? [main, ...INDEXES] : INDEXES;
  const file = names.map((name) => join(folder, name)).find((each) => existsSync(each) && statSync(each).isFile());
  if (file === undefined) throw new Error(`there is no program in ${folder}, expected one of ${names.join(", ")}`);
  return file;
}
