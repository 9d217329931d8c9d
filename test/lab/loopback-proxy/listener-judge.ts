/**
 * Has a real Envoy judge many listeners at once, each independently: none of them binds a port, and a rejected one
 * doesn't affect the others.
 *
 * That doesn't hold for clusters, or for parts of a listener outside its filters: one that Envoy can't read takes all
 * the others with it.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startGuard } from "../processes/guard.js";
import { type ProcessId, terminate } from "../processes/process.js";
import { logFileIn, startEnvoy } from "./envoy-process.js";
import { getJson } from "./get-json.js";

/** A message of Envoy's API as JSON. */
export interface EnvoyMessage {
  readonly [field: string]: unknown;
}

export interface JudgeOptions {
  readonly binary: string;
  /** Listeners without address and name, by a name that must not occur in their texts. */
  readonly listeners: ReadonlyMap<string, EnvoyMessage>;
  /** Clusters by name. Default: none. */
  readonly clusters?: ReadonlyMap<string, EnvoyMessage>;
  /** Maximum program size of an expression. Default: Istio's limit. */
  readonly largestProgram?: number;
}

/** Envoy's rejections with their reasons, by name. */
export interface Judgement {
  readonly listeners: ReadonlyMap<string, string>;
  readonly clusters: ReadonlyMap<string, string>;
  /** Number of listeners without a verdict: one that Envoy can't read takes all the others with it. */
  readonly unread: number;
}

/** Istio's limit for every proxy (pkg/bootstrap/config.go). */
const LARGEST_PROGRAM = 32_768;

/** Length of the end of a reason that is kept; the whole message comes before it. */
const REASON_LENGTH = 300;

/** Runs an Envoy with these listeners and clusters until it has judged all of them. */
export async function judgeListeners(options: JudgeOptions): Promise<Judgement> {
  const folder = await mkdtemp(path.join(tmpdir(), "meshway-judge-"));
  const guard = startGuard(folder);
  const running: ProcessId[] = [];
  try {
    await writeFile(path.join(folder, "listeners.json"), discovered([...options.listeners].map(listener)));
    await writeFile(path.join(folder, "clusters.json"), discovered([...(options.clusters ?? [])].map(cluster)));
    const adminPort = await startEnvoy({
      binary: options.binary,
      folder,
      bootstrap: (admin) => bootstrap(folder, admin, options.largestProgram ?? LARGEST_PROGRAM),
      log: "rejections",
      // a long list keeps its main thread busy
      isReady: hasJudged,
      guard,
      record: (state) => running.push(state),
    });
    return await readJudgement(adminPort, options, await readFile(logFileIn(folder), "utf8"));
  } finally {
    await Promise.all(running.map((each) => terminate(each)));
    guard.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function hasJudged(adminPort: number): Promise<boolean> {
  const stats = await getJson<{ readonly stats: readonly { readonly name: string; readonly value: number }[] }>(
    `http://127.0.0.1:${adminPort}/stats?format=json&filter=listener_manager.lds.update_(success|rejected)`,
  ).catch(() => undefined);
  return stats?.stats.some(({ value }) => value > 0) === true;
}

interface Dump {
  readonly configs?: readonly {
    readonly name?: string;
    readonly cluster?: { readonly name: string };
    readonly error_state?: { readonly details?: string; readonly failed_configuration?: { readonly name?: string } };
  }[];
}

async function readJudgement(
  adminPort: number,
  { listeners, clusters }: JudgeOptions,
  log: string,
): Promise<Judgement> {
  const dump = (resource: string) =>
    getJson<Dump>(`http://127.0.0.1:${adminPort}/config_dump?resource=${resource}`).then(
      ({ configs = [] }) => configs,
      () => [],
    );
  const refused = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, error_state: error } of await dump("dynamic_listeners")) {
    if (error === undefined) taken.add(name ?? "");
    else refused.set(error.failed_configuration?.name ?? name ?? "", (error.details ?? "").slice(-REASON_LENGTH));
  }
  const silent = [...listeners.keys()].filter((name) => !refused.has(name) && !taken.has(name));
  for (const name of silent) refused.set(name, "Envoy says nothing of it");
  const known = new Set<string>();
  if (clusters !== undefined)
    for (const resource of ["dynamic_active_clusters", "dynamic_warming_clusters"])
      for (const each of await dump(resource)) known.add(each.cluster?.name ?? "");
  const lost = [...(clusters?.keys() ?? [])].filter((name) => !known.has(name));
  const reasons = new Map(lost.map((name) => [name, reasonIn(log, name)]));
  return { listeners: refused, clusters: reasons, unread: silent.length };
}

/** Returns the log's message about a cluster, or the end of the log if it doesn't mention the cluster. */
function reasonIn(log: string, cluster: string): string {
  const at = log.indexOf(`${cluster}: `);
  return at < 0 ? log.slice(-REASON_LENGTH) : log.slice(at, at + REASON_LENGTH);
}

function discovered(resources: readonly EnvoyMessage[]): string {
  return JSON.stringify({ version_info: "1", resources });
}

function cluster([, message]: readonly [string, EnvoyMessage]): EnvoyMessage {
  return { "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", ...message };
}

/** Addresses must be unique although no listener binds them. */
function listener([name, message]: readonly [string, EnvoyMessage], index: number): EnvoyMessage {
  return {
    ...message,
    "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
    name,
    bind_to_port: false,
    address: { socket_address: { address: `127.${1 + (index >> 8)}.${index & 255}.1`, port_value: 10_000 } },
  };
}

function bootstrap(folder: string, adminPort: number, largestProgram: number): EnvoyMessage {
  const from = (file: string) => ({
    resource_api_version: "V3",
    path_config_source: { path: path.join(folder, file) },
  });
  return {
    node: { id: "judge", cluster: "judge" },
    dynamic_resources: { lds_config: from("listeners.json"), cds_config: from("clusters.json") },
    layered_runtime: {
      layers: [{ name: "istio", static_layer: { "re2.max_program_size.error_level": largestProgram } }],
    },
    admin: { address: { socket_address: { address: "127.0.0.1", port_value: adminPort } } },
  };
}
