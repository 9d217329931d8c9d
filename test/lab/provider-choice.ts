/**
 * Chooses the Kubernetes provider plugin for Pulumi programs: the official one if it is available, otherwise the
 * stand-in.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { cacheRoot, exists, withLock } from "./parts/cache.js";
import type { Log } from "./parts/ensure.js";
import { findOnPath } from "./parts/find.js";
import { downloadPlugin } from "./plugin-download.js";

export type ProviderKind = "official" | "stand-in";

export interface ProviderChoice {
  readonly kind: ProviderKind;
  readonly reason: string;
  /** A Pulumi plugins folder with the official plugin. */
  readonly pluginsFolder?: string;
  /** The stand-in's executable. */
  readonly executable?: string;
}

export interface ProviderOptions {
  /** The Pulumi CLI, which downloads plugins. */
  readonly pulumi: string;
  /** The lab's previous choice: its state continues with the same one. */
  readonly earlier?: ProviderKind | undefined;
  readonly log: Log;
}

const PLUGIN = "pulumi-resource-kubernetes";
const STAND_IN = path.join(import.meta.dirname, "kubernetes-provider", "bin");

/** Chooses the provider and reports it in one line; `MESHWAY_LAB_KUBERNETES_PROVIDER` overrides the choice. */
export async function chooseProvider(options: ProviderOptions): Promise<ProviderChoice> {
  const choice = await choose(options, wish());
  options.log(`Kubernetes provider: ${choice.kind}, as ${choice.reason}`);
  return choice;
}

/** Returns the official plugin's version that the installed @pulumi/kubernetes requires. */
export async function pluginVersion(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@pulumi/kubernetes/package.json");
  return JSON.parse(await readFile(manifest, "utf8")).version;
}

function wish(): ProviderKind | undefined {
  const text = process.env.MESHWAY_LAB_KUBERNETES_PROVIDER;
  if (!text) return undefined;
  if (text === "official" || text === "stand-in") return text;
  throw new Error(`MESHWAY_LAB_KUBERNETES_PROVIDER is "${text}", expected "official" or "stand-in"`);
}

async function choose({ pulumi, earlier, log }: ProviderOptions, wished?: ProviderKind): Promise<ProviderChoice> {
  if (wished === "stand-in") return standIn("MESHWAY_LAB_KUBERNETES_PROVIDER asks for it");
  if (!wished && earlier === "stand-in") return standIn("this lab was started with it");
  const version = await pluginVersion();
  const installed = await findOfficial(version);
  if (installed) return installed;
  const home = path.join(cacheRoot(), "pulumi-home");
  const failure = await withLock(`kubernetes-plugin-${version}`, async () => {
    if (await findOfficial(version)) return undefined;
    return downloadPlugin({ pulumi, home, version, scratch: path.join(cacheRoot(), "scratch"), log });
  });
  if (failure === undefined) {
    return { kind: "official", reason: `plugin ${version} was downloaded`, pluginsFolder: path.join(home, "plugins") };
  }
  if (wished === "official") {
    throw new Error(`the official Kubernetes plugin ${version} is not installed, and ${failure}`);
  }
  return standIn(`plugin ${version} is not installed, and ${failure}`);
}

function standIn(reason: string): ProviderChoice {
  return { kind: "stand-in", reason, executable: path.join(STAND_IN, PLUGIN) };
}

async function findOfficial(version: string): Promise<ProviderChoice | undefined> {
  const executable = await findOnPath(PLUGIN);
  if (executable && path.dirname(executable) !== STAND_IN) {
    return { kind: "official", reason: `${executable} is on PATH` };
  }
  const homes = [process.env.PULUMI_HOME, path.join(homedir(), ".pulumi"), path.join(cacheRoot(), "pulumi-home")];
  for (const home of homes) {
    if (!home) continue;
    const pluginsFolder = path.join(home, "plugins");
    const folder = path.join(pluginsFolder, `resource-kubernetes-v${version}`);
    // The CLI leaves a `.partial` file next to a plugin whose download was interrupted.
    if (!(await exists(path.join(folder, PLUGIN))) || (await exists(`${folder}.partial`))) continue;
    return { kind: "official", reason: `plugin ${version} is installed in ${pluginsFolder}`, pluginsFolder };
  }
  return undefined;
}
