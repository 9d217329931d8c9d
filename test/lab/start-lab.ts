/** Starts a lab: real API servers with the real CRDs, and everything that Pulumi needs to work with them. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { readCertificate } from "./cluster/api-server.js";
import { installCrds, readCrds } from "./cluster/crds.js";
import { loadContext, writeKubeconfig } from "./cluster/kubeconfig.js";
import { LabServers } from "./lab-servers.js";
import { newState, readState, writeState } from "./lab-state.js";
import { withLock } from "./parts/cache.js";
import { ensureParts, type Log } from "./parts/ensure.js";
import { type Guard, NO_GUARD, startGuard } from "./processes/guard.js";
import { chooseProvider, type ProviderChoice } from "./provider-choice.js";
import { pulumiEnv } from "./pulumi-env.js";

export interface LabOptions {
  /** Names of the clusters and of their contexts. Defaults to `east` and `west`. */
  readonly clusters?: readonly string[];
  /** Folder of the lab. A folder that contains a lab resumes it. Defaults to a new one that `stop` deletes. */
  readonly dir?: string;
  /** Keeps the processes running after this one exits. Needs `dir`. Defaults to false. */
  readonly persistent?: boolean;
  /** Receives progress lines. Defaults to none. */
  readonly log?: Log;
}

export interface LabCluster {
  readonly name: string;
  readonly context: string;
  /** File with only this cluster's context. */
  readonly kubeconfig: string;
  readonly server: string;
}

export interface Lab {
  readonly folder: string;
  readonly clusters: readonly LabCluster[];
  /** File with the contexts of all clusters. */
  readonly kubeconfig: string;
  /** Variables to add to `process.env` to run `pulumi`. */
  readonly env: Readonly<Record<string, string>>;
  /** The Kubernetes provider of Pulumi programs here, and the reason for it. */
  readonly provider: ProviderChoice;
  /** Stops the lab's processes if its owner dies. */
  readonly guard: Guard;
  /** Returns the client configuration for one cluster. */
  client(cluster: string): KubeConfig;
  /** Stops the lab, and deletes its folder if the lab created it. */
  stop(): Promise<void>;
  /** Kills a cluster's API server, as a crash would. */
  stopCluster(name: string): Promise<void>;
  /** Restarts it with the same port and data. */
  startCluster(name: string): Promise<void>;
}

const DEFAULT_CLUSTERS = ["east", "west"];

/** Starts a lab; builds missing parts first. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  if (!options.dir) return start(options);
  const folder = path.resolve(options.dir);
  // Two concurrent commands must not both start the servers of one folder.
  const lock = `lab-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
  return withLock(lock, () => start(options));
}

async function start(options: LabOptions): Promise<Lab> {
  const { clusters: names = DEFAULT_CLUSTERS, persistent = false, log = () => undefined } = options;
  if (persistent && !options.dir) throw new Error("a persistent lab needs a folder");
  for (const name of names) checkName(name);
  const parts = await ensureParts(log);
  const folder = options.dir ? path.resolve(options.dir) : await mkdtemp(path.join(tmpdir(), "meshway-lab-"));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const state = (await readState(folder)) ?? newState();
  writeState(folder, state);
  const guard = persistent ? NO_GUARD : startGuard(options.dir ? undefined : folder);
  const servers = new LabServers(folder, state, parts, guard);
  const stop = async () => {
    await servers.stop();
    guard.close();
    if (!options.dir) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const choosing = chooseProvider({ pulumi: parts.pulumi, earlier: state.provider, log });
    // Until it is awaited below; a failure of the servers takes precedence.
    choosing.catch(() => undefined);
    await servers.start(names);
    const [provider, crds] = await Promise.all([choosing, readCrds(parts.crdFiles)]);
    writeState(folder, Object.assign(state, { provider: provider.kind }));
    const kubeconfig = path.join(folder, "kubeconfig.yaml");
    const clusters = await writeKubeconfigs({ folder, names, servers, token: state.token, merged: kubeconfig });
    const client = (name: string) => loadContext(kubeconfig, name);
    await Promise.all(names.map((name) => installCrds(client(name), crds)));
    return {
      folder,
      clusters,
      kubeconfig,
      provider,
      env: await pulumiEnv({ folder, kubeconfig, parts, provider }),
      guard,
      client,
      stop,
      stopCluster: (name) => servers.stopCluster(name),
      startCluster: (name) => servers.startCluster(name, { fixedPort: true }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface KubeconfigsOptions {
  readonly folder: string;
  readonly names: readonly string[];
  readonly servers: LabServers;
  readonly token: string;
  readonly merged: string;
}

async function writeKubeconfigs(options: KubeconfigsOptions): Promise<LabCluster[]> {
  const { folder, names, servers, token, merged } = options;
  await mkdir(path.join(folder, "kubeconfigs"), { recursive: true, mode: 0o700 });
  const entries = await Promise.all(
    names.map(async (name) => {
      const server = `https://127.0.0.1:${servers.port(name)}`;
      return { name, server, token, certificate: await readCertificate(folder, name) };
    }),
  );
  await writeKubeconfig(merged, entries);
  return Promise.all(
    entries.map(async (entry) => {
      const kubeconfig = path.join(folder, "kubeconfigs", `${entry.name}.yaml`);
      await writeKubeconfig(kubeconfig, [entry]);
      return { name: entry.name, context: entry.name, kubeconfig, server: entry.server };
    }),
  );
}

function checkName(name: string): void {
  // It becomes a folder, an etcd prefix and a context.
  if (!/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/.test(name)) throw new Error(`"${name}" is no name for a cluster`);
}
