import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";

/** A program to run, with the settings that Pulumi would pass. */
export interface Project {
  /** The file or folder to load. */
  readonly entry: string;
  /** The working directory of the program. */
  readonly folder: string;
  readonly name: string;
  readonly stack: string;
  /** Configuration by full key, such as `shop:replicas`. */
  readonly config: Readonly<Record<string, string>>;
  /** The full keys of encrypted values, which are unknown. */
  readonly encrypted: readonly string[];
  readonly notes: readonly string[];
}

/** The reason why a program can't be run. */
export class ProjectError extends Error {}

type Fields = Readonly<Record<string, unknown>>;

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

export function isProjectFile(path: string): boolean {
  return PROJECT_FILES.includes(basename(path));
}

/** Finds the program in a folder (with a Pulumi.yaml, or any Node.js package), or takes a file as given. */
export function readProject(path: string, stack: string | undefined): Project {
  const isFolder = statSync(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const file = isProjectFile(path)
    ? path
    : PROJECT_FILES.map((name) => join(folder, name)).find((each) => existsSync(each));
  if (file === undefined) {
    const name = basename(folder).replace(/[^A-Za-z0-9_.-]/g, "-") || "project";
    return { ...program(path), name, stack: stack ?? "dev", config: {}, encrypted: [], notes: [] };
  }
  const project = fieldsOf(file);
  const runtime =
    typeof project["runtime"] === "object" ? (project["runtime"] as Fields | null)?.["name"] : project["runtime"];
  if (runtime !== undefined && runtime !== "nodejs")
    throw new ProjectError(`${file} names the runtime \`${String(runtime)}\`, expected \`nodejs\``);
  const name = typeof project["name"] === "string" ? project["name"] : "project";
  const main = typeof project["main"] === "string" ? project["main"] : ".";
  const settings = settingsFolder(project, folder);
  const chosen = stack ?? onlyStack(settings);
  const configured = configOf(name, project, join(settings, `Pulumi.${chosen}.yaml`));
  const entry = isFolder || isProjectFile(path) ? resolve(folder, main) : path;
  return { ...program(entry), name, stack: chosen, ...configured };
}

function program(path: string): Pick<Project, "entry" | "folder"> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new ProjectError(`there is no program at ${path}`);
  if (stats.isDirectory() && !canBeLoaded(path))
    throw new ProjectError(
      `the folder ${path} holds no program, expected an index.ts, an index.js, ` +
        "or a package.json whose `main` is there",
    );
  return { entry: path, folder: stats.isDirectory() ? path : dirname(path) };
}

const INDEX = /^index\.[cm]?[jt]sx?$/;

function canBeLoaded(folder: string): boolean {
  const files = readdirSync(folder);
  return files.some((file) => INDEX.test(file)) || (files.includes("package.json") && hasMain(folder));
}

/** Returns true if a package's main file exists, resolved as Node.js and Pulumi do. */
function hasMain(folder: string): boolean {
  const { main } = fieldsOf(join(folder, "package.json"));
  if (typeof main !== "string") return false;
  return ["", ".js", ".ts", ".cjs", ".mjs"].some((end) => existsSync(join(folder, `${main}${end}`)));
}

function settingsFolder(project: Fields, folder: string): string {
  const own = project["stackConfigDir"] ?? (typeof project["config"] === "string" ? project["config"] : undefined);
  return typeof own === "string" ? resolve(folder, own) : folder;
}

/** Returns the stack with the only configuration file; `dev` if there is none. */
function onlyStack(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const stacks = files.flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []).sort();
  if (stacks.length > 1) throw new ProjectError(`it has the stacks ${stacks.join(", ")}: choose one with --stack`);
  return stacks[0] ?? "dev";
}

/** Returns the plain configuration values, and the keys of encrypted ones, with a note. */
function configOf(project: string, fields: Fields, file: string): Pick<Project, "config" | "encrypted" | "notes"> {
  const config: Record<string, string> = {};
  const encrypted = new Set<string>();
  const own = fields["config"];
  const defaults = typeof own === "object" && own !== null ? Object.entries(own as Fields) : [];
  const chosen = existsSync(file) ? Object.entries((fieldsOf(file)["config"] ?? {}) as Fields) : [];
  const all = [...defaults.map(([key, value]): [string, unknown] => [key, defaultOf(value)]), ...chosen];
  for (const [key, value] of all) {
    const full = key.includes(":") ? key : `${project}:${key}`;
    if (value === undefined || value === null) continue;
    if (JSON.stringify(value).includes('{"secure":')) {
      delete config[full];
      encrypted.add(full);
    } else {
      config[full] = typeof value === "object" ? JSON.stringify(value) : String(value);
      encrypted.delete(full);
    }
  }
  const keys = [...encrypted].sort();
  const what = keys.length === 1 ? "the configuration value" : "the configuration values";
  const are = keys.length === 1 ? "is encrypted and counts" : "are encrypted and count";
  return { config, encrypted: keys, notes: keys.length === 0 ? [] : [`${what} ${keys.join(", ")} ${are} as unknown`] };
}

/** Returns a value of the project's own `config`: given directly, or in `value` or `default`. */
function defaultOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { value: given, default: fallback } = value as Fields;
  return given ?? fallback;
}

function fieldsOf(file: string): Fields {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"), { logLevel: "error" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // the following lines quote the file
    throw new ProjectError(`${file}: ${(reason.split("\n")[0] ?? "").replace(/:$/, "")}`);
  }
  if (typeof content !== "object" || content === null) throw new ProjectError(`${file} is empty`);
  return content as Fields;
}
