/** A real istiod that translates rendered objects to Envoy's configuration; it reads them from a file. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { asYaml } from "./as-yaml.js";
import { type Dump, type Message, readDump } from "./dump.js";
import { CALLER_NAMESPACE, GATEWAY_NAMESPACE, OWN_PROXY_LABELS, PROXY_LABELS } from "./world.js";

type LoopbackProxy = import("../../lab/loopback-proxy/start-loopback-proxy.js", { with: {
  "resolution-mode": "import",
}}).LoopbackProxy;

/** The configuration of each proxy. */
export type Translated = Readonly<Record<keyof typeof PROXIES, Dump>>;

/** Proxies by purpose: the gateway of all tables, gateways of one table, and callers with sidecars. */
const PROXIES = {
  edge: `gateway-1.${GATEWAY_NAMESPACE}`,
  own: `gateway-2.${GATEWAY_NAMESPACE}`,
  callers: `caller-1.${CALLER_NAMESPACE}`,
} as const;

const PATIENCE_MS = 120_000;

export class Translator {
  #generation = 0;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly proxy: LoopbackProxy,
    private readonly folder: string,
  ) {}

  /** Starts with the objects that all later ones need, including a Gateway. */
  static async start(shared: readonly KubeObject[]): Promise<Translator> {
    const { startLoopbackProxy } = await import("../../lab/loopback-proxy/start-loopback-proxy.js");
    const folder = mkdtempSync(join(tmpdir(), "meshway-refusals-"));
    const proxy = await startLoopbackProxy({
      cluster: "east",
      namespace: GATEWAY_NAMESPACE,
      labels: PROXY_LABELS,
      namespaces: [],
      moreProxies: [
        { name: "gateway-2", kind: "router", namespace: GATEWAY_NAMESPACE, labels: OWN_PROXY_LABELS },
        { name: "caller-1", kind: "sidecar", namespace: CALLER_NAMESPACE, labels: {} },
      ],
      configFolder: folder,
    });
    const translator = new Translator(proxy, folder);
    // from then on the gateway requests routes, even if it rejects a listener
    await translator.translate(shared);
    return translator;
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Returns istiod's configuration for these objects, all of them valid, and no others; calls are serialized. */
  translate(objects: readonly KubeObject[]): Promise<Translated> {
    const translated = this.#last.then(() => this.#translate(objects));
    this.#last = translated.catch(() => undefined);
    return translated;
  }

  /**
   * Istiod reads objects one by one and may push in between, with only some kinds read: only a push that began after
   * all of them were read is complete. So a first marker shows that all were read, and a second one identifies such a
   * push.
   */
  async #translate(objects: readonly KubeObject[]): Promise<Translated> {
    await this.#write(objects, ["callers"]);
    const { edge, own, callers } = await this.#write(objects, ["callers", "own", "edge"]);
    if (!edge || !own || !callers) throw new Error("a proxy has no dump");
    return { edge, own, callers };
  }

  /**
   * Returns the proxies' configurations once istiod has read all objects; queries the proxy with the smallest dump
   * first.
   */
  async #write(objects: readonly KubeObject[], proxies: readonly (keyof Translated)[]): Promise<Partial<Translated>> {
    const { poll } = await import("../../lab/processes/poll.js");
    const host = `generation-${++this.#generation}.test`;
    const gateway = objects.find(({ kind }) => kind === "Gateway")?.metadata.name ?? "";
    const lines = asYaml([...objects, ...QUIET, ...markers(host, gateway)]);
    const written = join(this.folder, ".written");
    writeFileSync(written, lines);
    renameSync(written, join(this.folder, "objects.yaml"));
    const found: { -readonly [K in keyof Translated]?: Dump } = {};
    const isDone = await poll(
      async () => {
        for (const proxy of proxies) {
          if (found[proxy] !== undefined) continue;
          const dump = await this.#dump(PROXIES[proxy]);
          if (dump?.clusters.has(host) !== true || (proxy !== "own" && !dump.virtualHosts.has(host))) return false;
          found[proxy] = dump;
        }
        return true;
      },
      { timeoutMs: PATIENCE_MS, everyMs: 250 },
    );
    if (!isDone)
      throw new Error(`istiod has not read the objects within ${PATIENCE_MS} ms; the end of its log:\n${this.#log()}`);
    return found;
  }

  #log(): string {
    return readFileSync(join(this.proxy.folder, "istiod", "istiod.log"), "utf8").slice(-2000);
  }

  async #dump(proxy: string): Promise<Dump | undefined> {
    const { getJson } = await import("../../lab/loopback-proxy/get-json.js");
    const url = `http://127.0.0.1:${this.proxy.istiod.debugPort}/debug/config_dump?include_eds=true&proxyID=${proxy}`;
    const dump = await getJson<{ readonly configs: readonly Message[] }>(url).catch(() => undefined);
    return dump && readDump(dump.configs);
  }
}

/**
 * Objects that every proxy sees once istiod has read their file.
 *
 * Istiod reads objects by version, kind, namespace and name (pilot/pkg/config/monitor): of all kinds that tables have
 * in Envoy, EnvoyFilter comes last, and `zz` last among them.
 */
function markers(host: string, gateway: string): readonly KubeObject[] {
  const spec = { hosts: [host], http: [{ directResponse: { status: 200 } }] };
  return [
    istio("VirtualService", GATEWAY_NAMESPACE, "marker", { ...spec, gateways: [`${GATEWAY_NAMESPACE}/${gateway}`] }),
    istio("VirtualService", CALLER_NAMESPACE, "marker", { ...spec, exportTo: ["."] }),
    ...[GATEWAY_NAMESPACE, CALLER_NAMESPACE].map((namespace) => lastFilter(namespace, host)),
  ];
}

/** Gives the proxies of a namespace a cluster with this name. */
function lastFilter(namespace: string, cluster: string): KubeObject {
  const value = { name: cluster, type: "STATIC", connect_timeout: "1s" };
  return filter(namespace, "zz-marker", {
    configPatches: [{ applyTo: "CLUSTER", patch: { operation: "ADD", value } }],
  });
}

/** Callers see few hosts, and proxies that exist only for their dumps have no listeners. */
const QUIET: readonly KubeObject[] = [
  istio("Sidecar", CALLER_NAMESPACE, "default", { egress: [{ hosts: ["./*", `${GATEWAY_NAMESPACE}/*`] }] }),
  silence(CALLER_NAMESPACE),
  silence(GATEWAY_NAMESPACE, OWN_PROXY_LABELS),
];

function silence(namespace: string, labels?: Readonly<Record<string, string>>): KubeObject {
  const spec = {
    ...(labels && { workloadSelector: { labels } }),
    configPatches: [{ applyTo: "LISTENER", patch: { operation: "MERGE", value: { bind_to_port: false } } }],
  };
  return filter(namespace, "silence", spec);
}

function filter(namespace: string, name: string, spec: KubeObject["spec"]): KubeObject {
  return { ...istio("EnvoyFilter", namespace, name, spec), apiVersion: "networking.istio.io/v1alpha3" };
}

function istio(kind: string, namespace: string, name: string, spec: KubeObject["spec"]): KubeObject {
  return { apiVersion: "networking.istio.io/v1", kind, metadata: { name, namespace, labels: {} }, spec };
}
