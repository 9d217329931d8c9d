/**
 * Starts the smallest setup with real routing: one API server, istiod, and one Envoy as gateway proxy, all on loopback
 * and without root.
 */
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { ensureNamespaces } from "../cluster/managed-objects.js";
import { ensureDataPlaneParts, type Log } from "../parts/ensure.js";
import { startGuard } from "../processes/guard.js";
import { type ProcessId, terminate } from "../processes/process.js";
import { startLab } from "../start-lab.js";
import { type EnvoyOptions, runEnvoy } from "./envoy.js";
import { type Istiod, runIstiod } from "./istiod.js";

/** Another Envoy, with its name among the proxies of its namespace. */
export type MoreProxy = Required<Pick<EnvoyOptions, "name" | "kind" | "namespace" | "labels">>;

export interface LoopbackProxyOptions {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Namespace and labels of the gateway proxy. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Additional proxies; their namespaces are created too. Default: none. */
  readonly moreProxies?: readonly MoreProxy[];
  /** Additional namespaces to create. */
  readonly namespaces: readonly string[];
  /** A folder of files with Istio objects, which istiod reads instead of the API server's. Default: none. */
  readonly configFolder?: string;
  /** Receives progress lines. Default: none. */
  readonly log?: Log;
}

export interface LoopbackProxy {
  readonly client: KubeConfig;
  readonly istiod: Istiod;
  /** Port of Envoy's admin interface. */
  readonly adminPort: number;
  /** Folder of all logs, until `stop`. */
  readonly folder: string;
  /** Stops all processes and deletes their files. */
  stop(): Promise<void>;
}

/** Starts a proxy with its control plane; builds missing parts of the lab first. */
export async function startLoopbackProxy(options: LoopbackProxyOptions): Promise<LoopbackProxy> {
  const { cluster, namespace, labels, moreProxies = [], log = () => undefined } = options;
  const parts = await ensureDataPlaneParts(log);
  const lab = await startLab({ clusters: [cluster], log });
  const guard = startGuard();
  const running: ProcessId[] = [];
  const record = (state: ProcessId) => running.push(state);
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((each) => terminate(each)));
    guard.close();
    await lab.stop();
  };
  try {
    const client = lab.client(cluster);
    await ensureNamespaces(client, namespacesOf(options));
    const istiod = await runIstiod({
      binary: parts.istiod,
      folder: path.join(lab.folder, "istiod"),
      cluster,
      kubeconfig: lab.clusters[0]?.kubeconfig ?? lab.kubeconfig,
      ...(options.configFolder !== undefined && { configFolder: options.configFolder }),
      guard,
      record,
    });
    const shared = { binary: parts.envoy, cluster, xdsPort: istiod.xdsPort, guard, record };
    const [adminPort] = await Promise.all([
      runEnvoy({ ...shared, folder: path.join(lab.folder, "envoy"), namespace, labels }),
      ...moreProxies.map((each) => runEnvoy({ ...shared, ...each, folder: path.join(lab.folder, each.name) })),
    ]);
    return { client, istiod, adminPort, folder: lab.folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function namespacesOf({ namespace, namespaces, moreProxies = [] }: LoopbackProxyOptions): string[] {
  return [...new Set(["istio-system", namespace, ...namespaces, ...moreProxies.map((each) => each.namespace)])];
}
