/** The TLS that a real istiod gives gateways and sidecars toward an external service: secrets are for gateways only. */
import assert from "node:assert/strict";
import { compile } from "../../sdk/nodejs/src/compile.js";
import { getJson } from "../lab/loopback-proxy/get-json.js";
import { type IstioObject, IstioObjects } from "../lab/loopback-proxy/istio-objects.js";
import { type LoopbackProxy, startLoopbackProxy } from "../lab/loopback-proxy/start-loopback-proxy.js";
import { poll } from "../lab/processes/poll.js";
import { type Dump, type Message, readDump } from "../refusals/support/dump.js";
import { modelOf } from "../support/models.js";

const CALLER = { name: "caller-1", kind: "sidecar", namespace: "shop", labels: { app: "caller" } } as const;

/** The same service: by a secret, by files, by a secret for a sidecar that is selected, and by nothing for HTTPS. */
const SERVICES = {
  secret: { mode: "MUTUAL", credentialName: "client" },
  files: { mode: "MUTUAL", clientCertificate: "/etc/tls/cert.pem", privateKey: "/etc/tls/key.pem" },
  selected: { mode: "MUTUAL", credentialName: "client" },
  nothing: undefined,
} as const;

type Service = keyof typeof SERVICES;

const { objects } = compile(
  modelOf({
    fleets: { prod: { clusters: [{ name: "east" }] } },
    externalServices: Object.fromEntries(
      Object.entries(SERVICES).map(([name, clientsideTls]) => [
        name,
        {
          fleet: "prod",
          namespace: "shop",
          hosts: [`${name}.example.org`],
          ports: [
            clientsideTls === undefined
              ? { number: 80, protocol: "HTTPS" }
              : { number: 80, protocol: "HTTP", targetPort: 443, clientsideTls },
          ],
        },
      ]),
    ),
  }),
);
const OBJECTS = objects
  .map(({ object }) => object)
  .filter(({ kind, metadata }) => kind !== "DestinationRule" || !metadata.name.startsWith("selected"));

const SELECTED: IstioObject = {
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "selected", namespace: "shop" },
  spec: {
    host: "selected.example.org",
    exportTo: ["."],
    workloadSelector: { matchLabels: CALLER.labels },
    trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: SERVICES.selected }] },
  },
};

describe("credentials of callers", function () {
  this.timeout(300_000);
  let proxy: LoopbackProxy;
  const dumps = new Map<string, Dump["clusters"]>();

  async function clustersOf(id: string): Promise<Dump["clusters"]> {
    const url = `http://127.0.0.1:${proxy.istiod.debugPort}/debug/config_dump?proxyID=${id}`;
    const { configs } = await getJson<{ readonly configs: readonly Message[] }>(url);
    return readDump(configs).clusters;
  }

  /** The names of what a proxy takes its certificates from; undefined without TLS. */
  function tlsOf(id: string, service: Service): readonly string[] | undefined {
    const cluster = dumps.get(id)?.get(nameOf(service));
    assert.ok(cluster !== undefined, `${id} does not know ${service}`);
    const socket = cluster["transportSocket"];
    if (socket === undefined) return undefined;
    const text = JSON.stringify(socket);
    return [...new Set([...text.matchAll(/"((?:kubernetes|file-cert):[^"]*)"/g)].map(([, name = ""]) => name))].sort();
  }

  before(async () => {
    proxy = await startLoopbackProxy({
      cluster: "east",
      namespace: "gateways",
      labels: { istio: "ingressgateway" },
      namespaces: ["shop"],
      moreProxies: [CALLER],
    });
    const istio = new IstioObjects(proxy.client, proxy.istiod.debugPort);
    await istio.set([...OBJECTS, SELECTED] as readonly IstioObject[]);
    await istio.waitForIstiod();
    for (const id of [GATEWAY, SIDECAR])
      await poll(
        async () => {
          const clusters = await clustersOf(id).catch((): Dump["clusters"] => new Map());
          dumps.set(id, clusters);
          // the files come with the last push
          return Object.keys(SERVICES).every((name) => clusters.has(nameOf(name as Service)));
        },
        { timeoutMs: 60_000, everyMs: 100 },
      );
  });

  after(() => proxy?.stop());

  it("come from a secret for gateways, and sidecars get no TLS at all", () => {
    assert.deepEqual(tlsOf(GATEWAY, "secret"), SECRET);
    assert.equal(tlsOf(SIDECAR, "secret"), undefined);
  });

  it("are not made up for a port of protocol `HTTPS`", () => {
    for (const id of [GATEWAY, SIDECAR]) assert.equal(tlsOf(id, "nothing"), undefined);
  });

  it("come from files for both", () => {
    assert.deepEqual(tlsOf(GATEWAY, "files"), FILES);
    assert.deepEqual(tlsOf(SIDECAR, "files"), FILES);
  });

  it("come from a secret for sidecars that the rule selects", () => {
    assert.deepEqual(tlsOf(SIDECAR, "selected"), SECRET);
    assert.equal(tlsOf(GATEWAY, "selected"), undefined);
  });
});

const SECRET = ["kubernetes://client", "kubernetes://client-cacert"];
const FILES = ["file-cert:/etc/tls/cert.pem~/etc/tls/key.pem"];
const GATEWAY = "gateway-1.gateways";
const SIDECAR = `${CALLER.name}.${CALLER.namespace}`;

function nameOf(service: Service): string {
  return `outbound|80||${service}.example.org`;
}
