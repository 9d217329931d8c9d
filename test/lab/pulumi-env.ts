/** The environment for Pulumi programs in a lab. */
import { mkdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import type { Parts } from "./parts/ensure.js";
import { type ProviderChoice, pluginVersion } from "./provider-choice.js";

export interface PulumiEnvOptions {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly parts: Parts;
  readonly provider: ProviderChoice;
}

/** Returns variables to add to `process.env`; also creates the folders that they name. */
export async function pulumiEnv(options: PulumiEnvOptions): Promise<Record<string, string>> {
  const { folder, parts, provider } = options;
  const home = path.join(folder, "pulumi-home");
  const backend = path.join(folder, "backend");
  await Promise.all([home, backend].map((made) => mkdir(made, { recursive: true })));
  await linkPlugins(path.join(home, "plugins"), provider);
  return {
    PATH: searchPath(parts.binFolders),
    KUBECONFIG: options.kubeconfig,
    // The user's own Pulumi home keeps its login and selected stacks.
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "meshway-lab",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The language host that Go can build is too old for `typescript: false`; programs need no type checking here.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // Lets Pulumi find an official plugin on PATH.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
    // Otherwise the CLI would spend a long time trying to download the plugin that the stand-in replaces.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: provider.kind === "stand-in" ? "true" : "false",
  };
}

async function linkPlugins(folder: string, { pluginsFolder, executable }: ProviderChoice): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  // The whole folder: the CLI doesn't follow links to single plugins.
  if (pluginsFolder) await symlink(pluginsFolder, folder, "dir");
  if (!executable) return;
  // Installed like the official plugin; on PATH, the CLI would warn about it at every step.
  const installed = path.join(folder, `resource-kubernetes-v${await pluginVersion()}`);
  await mkdir(installed, { recursive: true });
  await symlink(executable, path.join(installed, path.basename(executable)));
}

function searchPath(added: readonly string[]): string {
  const present = (process.env.PATH ?? "").split(path.delimiter);
  // Moving an existing folder to the front could change which `node` is found.
  return [...added.filter((folder) => !present.includes(folder)), ...present].join(path.delimiter);
}
