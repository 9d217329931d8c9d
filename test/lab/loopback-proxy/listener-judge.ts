/**
 * Asks a real Envoy about many listeners at once, each judged by itself: nothing listens, and one that is refused keeps no other.
 *
 * Clusters are no such thing: one that can't be read takes all others with it.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startGuard } from "../processes/guard.js";
import { launch, terminate } from "../processes/process.js";
import { runServer } from "../processes/server.js";
import { getJson } from "./get-json.js";

/** A message of Envoy's API as JSON. */
export interface EnvoyMessage {
  readonly [field: string]: unknown;
}

export interface JudgeOptions {
  readonly binary: string;
  /** HTTP connection managers by the name of their listener, which no text of theirs may hold. */
  readonly listeners: ReadonlyMap<string, EnvoyMessage>;
  /** Clusters by their name. Default: none. */
  readonly clusters?: ReadonlyMap<string, EnvoyMessage>;
  /** The largest program of an expression. Default: Istio's limit. */
  readonly largestProgram?: number;
}

/** What Envoy refuses, with its reason, by name. */
export interface Judgement {
  readonly listeners: ReadonlyMap<string, string>;
  readonly clusters: ReadonlyMap<string, string>;
}

/** What Istio sets for every proxy (pkg/bootstrap/config.go). */
const LARGEST_PROGRAM = 32_768;

/** The end of a reason; what comes before it is the whole message. */
const REASON_LENGTH = 300;

/** Runs an Envoy with these listeners and clusters until it has judged all of them. */
export async function judgeListeners(options: JudgeOptions): Promise<Judgement> {
  const folder = await mkdtemp(path.join(tmpdir(), "meshway-judge-"));
  const guard = startGuard(folder);
  const running: { pid: number; marker: string }[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const config = path.join(folder, "bootstrap.json");
    await writeFile(path.join(folder, "listeners.json"), discovered([...options.listeners].map(listener)));
    await writeFile(path.join(folder, "clusters.json"), discovered([...(options.clusters ?? [])].map(cluster)));
    let adminPort = 0;
    await runServer({
      name: "Envoy",
      known: undefined,
      fixedPorts: false,
      portCount: 1,
      record: (state) => {
        adminPort = state.ports[0] ?? 0;
        running.push(state);
      },
      launch: async ([admin = 0]) => {
        await writeFile(config, JSON.stringify(bootstrap(folder, admin, options.largestProgram ?? LARGEST_PROGRAM)));
        return launch({
          command: options.binary,
          marker: config,
          logFile: path.join(folder, "envoy.log"),
          guard,
          cwd: folder,
          args: ["--config-path", config, "--concurrency", "1", "--disable-hot-restart", "--log-level", "critical"],
        });
      },
      // a long list keeps its main thread busy
      isReady: ([admin]) => hasJudged(admin ?? 0),
    });
    return await readJudgement(adminPort, options);
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

async function readJudgement(adminPort: number, { listeners, clusters }: JudgeOptions): Promise<Judgement> {
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
  if (silent.length > 0) throw new Error(`Envoy says nothing of ${silent.slice(0, 3).join(", ")}`);
  const known = new Set<string>();
  if (clusters !== undefined)
    for (const resource of ["dynamic_active_clusters", "dynamic_warming_clusters"])
      for (const each of await dump(resource)) known.add(each.cluster?.name ?? "");
  const lost = [...(clusters?.keys() ?? [])].filter((name) => !known.has(name));
  return { listeners: refused, clusters: new Map(lost.map((name) => [name, "Envoy has no such cluster"])) };
}

function discovered(resources: readonly EnvoyMessage[]): string {
  return JSON.stringify({ version_info: "1", resources });
}

function cluster([, message]: readonly [string, EnvoyMessage]): EnvoyMessage {
  return { "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", ...message };
}

/** Addresses must differ although nobody listens at them. */
function listener([name, manager]: readonly [string, EnvoyMessage], index: number): EnvoyMessage {
  return {
    "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
    name,
    bind_to_port: false,
    address: { socket_address: { address: `127.${1 + (index >> 8)}.${index & 255}.1`, port_value: 10_000 } },
    filter_chains: [{ filters: [{ name: "envoy.filters.network.http_connection_manager", typed_config: manager }] }],
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
