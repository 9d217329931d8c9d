/** Policies about connections and about the choice of endpoints, with real traffic: each acts where it is listed, and nowhere else. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { App } from "../lab/data-plane/app/app.js";
import { type Answer, type HttpCall, WAIT_MS } from "../lab/data-plane/app/messages.js";
import { type DataPlane, Topology } from "../lab/data-plane/data-plane.js";
import { makeServerCertificate } from "../lab/data-plane/istio/certificates.js";
import { applyTlsSecret } from "../lab/data-plane/istio/objects.js";
import { poll } from "../lab/processes/poll.js";
import { describeLoadBalancing } from "./support/load-balancing.js";
import { from, tally, waitForAnswer, waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("test/traffic/programs/destination-policies.ts");

const PODS = ["reviews-1", "reviews-2", "reviews-3"];
const EAST_PODS = PODS.map((name) => `${name}@east`);
const FAR_POD = "reviews-far@west";

const reviews = (name: string) => ({
  name,
  namespace: "shop",
  labels: { app: "reviews" },
  serviceAccount: "reviews",
  httpPorts: [9080],
});

/** Certificate and key of a pod that speaks TLS by itself, and of a client of it. */
async function certificates({ root }: DataPlane): Promise<Record<"server" | "client", TlsPair>> {
  const make = (name: string) => makeServerCertificate(root, `${root}-${name}`, [`${name}.example.com`]);
  return { server: await make("secure"), client: await make("secure-client") };
}

type TlsPair = Awaited<ReturnType<typeof makeServerCertificate>>;

async function prepare(setting: Setting): Promise<void> {
  const { dataPlane } = setting;
  const [ca, { server, client }] = [await dataPlane.rootCertificate(), await certificates(dataPlane)];
  const place = { namespace: "gateways", name: "secure-client" };
  await applyTlsSecret(dataPlane.lab.client("east"), place, { ...client, ca });
  const encrypted = (name: string, rest: { readonly clientCa?: string } = {}) =>
    ({
      name,
      namespace: "shop",
      labels: { app: name },
      proxy: "none",
      https: { ports: [8443], ...server, ...rest },
    }) as const;
  await setting.startPods(
    ["east", encrypted("secure")],
    ["east", encrypted("strict", { clientCa: ca })],
    ...PODS.map((name) => ["east", reviews(name)] as const),
    ["west", reviews("reviews-far")],
    ["east", { name: "client", namespace: "shop", labels: { app: "client" } }],
    ["east", { name: "trimmed", namespace: "shop", labels: { app: "trimmed" } }],
  );
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("policies of destinations", Topology.TwoNetworks, prepare, (setting) => {
  const client = () => setting().pod("east", "client").app;
  const urlOf = (destination: string) => `http://${destination}.global/`;

  /** Sends slow requests at once. */
  function slowOnes(destination: string, count: number): Promise<readonly Answer[]> {
    const call: HttpCall = { kind: "http", url: urlOf(destination), headers: [[WAIT_MS, "1500"]] };
    return client().callsAtOnce(Array.from({ length: count }, () => call));
  }

  /** How many of the answers each status has; refusals must come from the proxy's limits. */
  function statuses(answers: readonly Answer[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status, headers } of answers) {
      if (status !== 200) assert.equal(headers["x-envoy-overloaded"], "true", JSON.stringify(headers));
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  }

  /** A counter of the client's sidecar about its connections to a destination. */
  async function counter(destination: string, name: string): Promise<number> {
    const prefix = `cluster.outbound|80||${destination}.global`;
    const { body } = await client().get(`http://127.0.0.1:15000/clusters`);
    const found = body
      .split("\n")
      .filter((line) => line.startsWith(`${prefix.slice("cluster.".length)}::`) && line.includes(`::${name}::`))
      .map((line) => Number(line.split("::").at(-1)));
    assert.ok(found.length > 0, `no counter ${name} of ${destination}`);
    return found.reduce((sum, each) => sum + each, 0);
  }

  describe("a ConnectionPolicy", () => {
    before(async () => {
      for (const name of ["plain", "single", "brief"])
        await waitForTally(client(), urlOf(name), EAST_PODS, { count: 60 });
      // with a limit some of many requests at once are refused; that the destination is there is enough
      for (const name of ["narrow", "queue"])
        await waitForAnswer(client(), urlOf(name), ({ status }) => status === 200);
      await poll(async () => from(await client().get(urlOf("far-narrow"))) === FAR_POD, {
        timeoutMs: 60_000,
        everyMs: 100,
      });
    });

    it("refuses requests beyond `maxRequests`, to near pods and to another network", async () => {
      assert.deepEqual(statuses(await slowOnes("narrow", 20)), { 200: 4, 503: 16 });
      assert.deepEqual(statuses(await slowOnes("far-narrow", 20)), { 200: 4, 503: 16 });
    });

    it("refuses requests that would wait beyond `maxPendingRequests`", async () => {
      const { 200: answered = 0, 503: refused = 0 } = statuses(await slowOnes("queue", 20));
      assert.equal(answered + refused, 20);
      // a connection to each pod, or one for all of them, and one request that waits
      assert.ok(answered >= 2 && answered <= PODS.length + 1, `${answered} were answered`);
    });

    it("leaves destinations that do not list it as they are", async () => {
      assert.deepEqual(statuses(await slowOnes("plain", 20)), { 200: 20 });
    });

    it("gives each request a connection of its own where `maxRequestsPerConnection` is 1", async () => {
      const opened = async (name: string) => {
        const before = await counter(name, "cx_total");
        for (let sent = 0; sent < 30; sent += 1) assert.equal((await client().get(urlOf(name))).status, 200);
        return (await counter(name, "cx_total")) - before;
      };
      assert.equal(await opened("single"), 30);
      assert.ok((await opened("plain")) <= PODS.length, "connections are kept");
    });

    it("closes connections without requests after `idleTimeout`", async () => {
      for (const name of ["plain", "brief"]) await tally(client(), urlOf(name), 20);
      const isClosed = await poll(async () => (await counter("brief", "cx_active")) === 0, {
        timeoutMs: 20_000,
        everyMs: 50,
      });
      assert.ok(isClosed);
      assert.ok((await counter("plain", "cx_active")) > 0);
    });
  });

  describeLoadBalancing(setting, EAST_PODS);

  describe("a ClientTLSPolicy", () => {
    const SERVER = "secure.example.com";
    const world = () => setting().dataPlane.world;
    const door = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });
    const throughGateway = (name: string): Promise<Answer> =>
      world().get(`http://spoken.example.com:8000/${name}`, door());
    const fromSidecar = (name: string): Promise<Answer> => client().get(urlOf(name));
    /** What the pod's own TLS was told. */
    const handshake = ({ echo }: Answer) => [echo?.protocol, echo?.serverName, echo?.clientName];

    before(async () => {
      for (const name of ["simple", "simple-secret", "mutual", "disabled", "meshed"])
        await waitForAnswer(world(), `http://spoken.example.com:8000/${name}`, ({ status }) => status === 200, door());
      for (const name of ["simple", "disabled", "meshed", "far-meshed"])
        await waitForAnswer(client(), urlOf(name), ({ status }) => status === 200);
    });

    it("reaches pods that serve TLS themselves, from gateways and sidecars", async () => {
      for (const send of [throughGateway, fromSidecar])
        assert.deepEqual(handshake(await send("simple")), ["https", SERVER, undefined]);
      assert.deepEqual(handshake(await throughGateway("simple-secret")), ["https", "other.example.com", undefined]);
    });

    it("is what reaches them: without it they get plaintext", async () => {
      for (const send of [throughGateway, fromSidecar]) assert.equal((await send("by-nothing")).echo, undefined);
    });

    it("expects the names of the certificate that it says", async () => {
      for (const send of [throughGateway, fromSidecar]) {
        const { status, echo } = await send("other-name");
        assert.deepEqual([status, echo], [503, undefined]);
      }
    });

    it("shows a certificate where it has one", async () => {
      assert.deepEqual(handshake(await throughGateway("mutual")), ["https", SERVER, "secure-client.example.com"]);
      assert.equal((await throughGateway("no-certificate")).status, 503);
    });

    it("has secrets for gateways only: sidecars speak plaintext instead", async () => {
      assert.equal((await fromSidecar("simple-secret")).echo, undefined);
    });

    it("takes the mesh's mutual TLS away, or asks for it", async () => {
      for (const send of [throughGateway, fromSidecar]) {
        assert.equal((await send("disabled")).echo?.identity, undefined);
        assert.match((await send("meshed")).echo?.identity ?? "", /^spiffe:\/\/east\.example\.com\/ns\//);
      }
      assert.equal((await fromSidecar("far-meshed")).echo?.identity, "spiffe://east.example.com/ns/shop/sa/client");
    });
  });

  describe("an ActiveHealthCheckPolicy", () => {
    const world = () => setting().dataPlane.world;
    const door = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });
    const throughGateway = (name: string) => `http://spoken.example.com:8000/${name}`;
    const healthy = EAST_PODS.slice(1);

    /** What the gateway holds of the endpoints of a destination, such as `healthy` and `/failed_active_hc`. */
    async function flags(destination: string): Promise<readonly string[]> {
      const { ingress } = setting().dataPlane.gateways("east");
      const { body } = await ingress.app.get("http://127.0.0.1:15000/clusters");
      const lines = body.split("\n").filter((line) => line.startsWith(`outbound|80||${destination}.global::`));
      return lines.flatMap((line) => line.split("::health_flags::")[1] ?? []).sort();
    }

    /** How often endpoints of a destination were probed with success. */
    async function successes(destination: string): Promise<number> {
      const { ingress } = setting().dataPlane.gateways("east");
      const { body } = await ingress.app.get("http://127.0.0.1:15000/stats?filter=health_check.success");
      const line = body.split("\n").find((each) => each.includes(`|80||${destination}.global`));
      return Number(line?.split(": ").at(-1) ?? 0);
    }

    before(async () => {
      for (const name of ["probed", "meshed"]) await waitForTally(world(), throughGateway(name), EAST_PODS, door());
      await waitForTally(client(), urlOf("probed"), EAST_PODS);
    });

    it("takes out a pod that says it is not well, at the gateway that probes and nowhere else", async () => {
      const [sick] = PODS;
      const { app } = setting().pod("east", sick ?? "");
      await app.behave({ status: 200, health: 503 });
      try {
        await waitForTally(world(), throughGateway("probed"), healthy, door());
        assert.deepEqual(await flags("probed"), ["/failed_active_hc", "healthy", "healthy"]);
        // the pod answers all else, so no request has failed
        await waitForTally(world(), throughGateway("meshed"), EAST_PODS, { ...door(), count: 60 });
        await waitForTally(client(), urlOf("probed"), EAST_PODS, { count: 60 });
        assert.deepEqual(await flags("meshed"), ["healthy", "healthy", "healthy"]);
      } finally {
        await app.behave({ status: 200 });
      }
      await waitForTally(world(), throughGateway("probed"), EAST_PODS, door());
    });

    it("probes as requests go: by the pod's own TLS, and by mutual TLS to another network", async () => {
      for (const name of ["probed-secure", "far-probed"]) {
        assert.ok(await poll(async () => (await successes(name)) > 0, { timeoutMs: 30_000, everyMs: 100 }), name);
        assert.deepEqual(await flags(name), ["healthy"], name);
      }
    });
  });

  describe("a TrimProxyConfigPolicy", () => {
    const trimmed = () => setting().pod("east", "trimmed").app;

    /** The hosts outside of it that a pod's sidecar has endpoints of. */
    async function known(app: App): Promise<readonly string[]> {
      const { body } = await app.get("http://127.0.0.1:15000/clusters");
      const hosts = [...body.matchAll(/^outbound\|\d+\|[^|]*\|([^:]+)::/gm)].map(([, host = ""]) => host);
      return [...new Set(hosts)].sort();
    }

    it("leaves sidecars the destinations that it includes, and no others", async () => {
      await waitForTally(trimmed(), urlOf("plain"), EAST_PODS);
      assert.ok(
        await poll(async () => (await known(trimmed())).join() === "plain.global", { timeoutMs: 60_000, everyMs: 100 }),
        (await known(trimmed())).join(),
      );
      const { echo } = await trimmed().get(urlOf("meshed"), { timeout: 3_000 });
      assert.equal(echo, undefined);
    });

    it("leaves the sidecars of other workloads as they are", async () => {
      const hosts = await known(client());
      for (const name of ["plain", "meshed", "narrow"]) assert.ok(hosts.includes(`${name}.global`), name);
      assert.equal((await client().get(urlOf("meshed"))).status, 200);
    });
  });
});
