/** Kubeconfig files: one per cluster, and one with every context. */
import { rename, writeFile } from "node:fs/promises";
import { KubeConfig } from "@kubernetes/client-node";
import { stringify } from "yaml";

export interface KubeconfigEntry {
  /** Name of the cluster, the user and the context. */
  readonly name: string;
  readonly server: string;
  /** PEM certificate of the server. */
  readonly certificate: string;
  readonly token: string;
}

/** Writes a kubeconfig; the first entry is the current context. */
export async function writeKubeconfig(file: string, entries: readonly KubeconfigEntry[]): Promise<void> {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": entries[0]?.name ?? "",
    clusters: entries.map(({ name, server, certificate }) => ({
      name,
      cluster: { server, "certificate-authority-data": Buffer.from(certificate).toString("base64") },
    })),
    users: entries.map(({ name, token }) => ({ name: `${name}-admin`, user: { token } })),
    contexts: entries.map(({ name }) => ({ name, context: { cluster: name, user: `${name}-admin` } })),
  };
  // Readers see the old file or the new one, never a partial one.
  await writeFile(`${file}.new`, stringify(config), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Returns a client configuration for one context of a kubeconfig file. */
export function loadContext(file: string, context: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(file);
  config.setCurrentContext(context);
  return config;
}
