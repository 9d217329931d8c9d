/** A real istiod that makes Envoy's configuration of rendered objects, which it reads from a file. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { asYaml } from "./as-yaml.js";
import { GATEWAY_NAMESPACE, PROXY_LABELS } from "./world.js";

type LoopbackProxy = import("../../lab/loopback-proxy/start-loopback-proxy.js", { with: {
  "resolution-mode": "import",
}}).LoopbackProxy;

/** A message of Envoy's API as JSON. */
export interface Message {
  readonly [field: string]: unknown;
}

/** What istiod tells a gateway. */
export interface Translated {
  /** Virtual hosts of all ports, by their first domain. */
  readonly virtualHosts: ReadonlyMap<string, Message>;
  readonly clusters: ReadonlyMap<string, Message>;
  /** HTTP filters by name. */
  readonly filters: ReadonlyMap<string, Message>;
}

const NODE = `gateway-1.${GATEWAY_NAMESPACE}`;

const PATIENCE_MS = 120_000;

export class Translator {
  #generation = 0;

  private constructor(
    private readonly proxy: LoopbackProxy,
    private readonly folder: string,
  ) {}

  /** Starts with what all later objects need, a Gateway among it. */
  static async start(shared: readonly KubeObject[]): Promise<Translator> {
    const { startLoopbackProxy } = await import("../../lab/loopback-proxy/start-loopback-proxy.js");
    const folder = mkdtempSync(join(tmpdir(), "meshway-refusals-"));
    const proxy = await startLoopbackProxy({
      cluster: "east",
      namespace: GATEWAY_NAMESPACE,
      labels: PROXY_LABELS,
      namespaces: [],
      configFolder: folder,
    });
    const translator = new Translator(proxy, folder);
    // from then on the gateway asks for routes, even where it refuses a listener
    await translator.translate(shared);
    return translator;
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What istiod makes of these objects, all of which it must find valid, and of nothing else. */
  async translate(objects: readonly KubeObject[]): Promise<Translated> {
    const { poll } = await import("../../lab/processes/poll.js");
    const host = `generation-${++this.#generation}.test`;
    const gateway = objects.find(({ kind }) => kind === "Gateway")?.metadata.name ?? "";
    const lines = asYaml([...objects, marker(host, gateway)]);
    const written = join(this.folder, ".written");
    writeFileSync(written, lines);
    renameSync(written, join(this.folder, "objects.yaml"));
    let found: Translated | undefined;
    const isDone = await poll(
      async () => {
        const dump = await this.#dump();
        found = dump?.virtualHosts.has(host) === true ? dump : undefined;
        return found !== undefined;
      },
      { timeoutMs: PATIENCE_MS, everyMs: 500 },
    );
    if (!isDone || found === undefined)
      throw new Error(`istiod has not read the objects within ${PATIENCE_MS} ms; the end of its log:\n${this.#log()}`);
    return found;
  }

  #log(): string {
    return readFileSync(join(this.proxy.folder, "istiod", "istiod.log"), "utf8").slice(-2000);
  }

  async #dump(): Promise<Translated | undefined> {
    const { getJson } = await import("../../lab/loopback-proxy/get-json.js");
    const url = `http://127.0.0.1:${this.proxy.istiod.debugPort}/debug/config_dump?proxyID=${NODE}`;
    const dump = await getJson<{ readonly configs: readonly Message[] }>(url).catch(() => undefined);
    return dump && read(dump.configs);
  }
}

/** A table that istiod knows once it has read the file that it is in. */
function marker(host: string, gateway: string): KubeObject {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "marker", namespace: GATEWAY_NAMESPACE, labels: {} },
    spec: {
      hosts: [host],
      gateways: [`${GATEWAY_NAMESPACE}/${gateway}`],
      http: [{ directResponse: { status: 200 } }],
    },
  };
}

function read(configs: readonly Message[]): Translated {
  const virtualHosts = new Map<string, Message>();
  const clusters = new Map<string, Message>();
  const filters = new Map<string, Message>();
  for (const each of configs) {
    for (const route of listIn(each, "dynamicRouteConfigs", "routeConfig"))
      for (const host of messages(route["virtualHosts"])) virtualHosts.set(String(texts(host["domains"])[0]), host);
    for (const cluster of listIn(each, "dynamicActiveClusters", "cluster"))
      clusters.set(String(cluster["name"]), cluster);
    for (const { activeState: state } of messages(each["dynamicListeners"]))
      for (const chain of messages((state as { listener?: Message } | undefined)?.listener?.["filterChains"]))
        for (const { typedConfig: manager } of messages(chain["filters"]))
          for (const filter of messages((manager as Message | undefined)?.["httpFilters"]))
            filters.set(String(filter["name"]), filter);
  }
  return { virtualHosts, clusters, filters };
}

function listIn(message: Message, list: string, field: string): readonly Message[] {
  return messages(message[list]).flatMap((each) => {
    const inside = each[field];
    return typeof inside === "object" && inside !== null ? [inside as Message] : [];
  });
}

function messages(value: unknown): readonly Message[] {
  return Array.isArray(value) ? (value as readonly Message[]) : [];
}

function texts(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
