/** examples/routing with real traffic: every matcher and action, with the simulator's prediction for each request. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import type { App } from "../lab/data-plane/app/app.js";
import type { Answer, Call, HttpCall } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { makeServerCertificate } from "../lab/data-plane/istio/certificates.js";
import { applyCaSecret, applyService } from "../lab/data-plane/istio/objects.js";
import { assertPredicted, assertSeen, type Door, type Wanted } from "./support/prediction.js";
import { from, tally, waitForAnswer, waitForCalls, waitForTally } from "./support/requests.js";
import { ACTIONS, DELEGATED, MATCHES, type Question } from "./support/routing-questions.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("examples/routing/index.ts");
const OUTSIDE = "203.0.113.40";
const INTERNAL = "internal.gateways.svc.cluster.local";

const catalog = (version: string) => ({
  name: `catalog-${version}`,
  namespace: "shop",
  labels: { app: "catalog", version },
  serviceAccount: "catalog",
  httpPorts: [8080],
  grpcPorts: [9090],
  tcpPorts: [7070],
});
const client = { name: "client", namespace: "shop", labels: { app: "client" } };

async function prepare(setting: Setting): Promise<void> {
  const { dataPlane } = setting;
  const partner = await makeServerCertificate(dataPlane.root, `${dataPlane.root}-partner`, ["partner.example.net"]);
  await Promise.all([
    setting.startPods(
      ["east", catalog("v1")],
      ["west", catalog("v2")],
      ["west", { name: "legacy", namespace: "shop", labels: { app: "legacy" }, httpPorts: [8080], proxy: "none" }],
      ["east", client],
      ["east", { name: "internal", namespace: "gateways", labels: { istio: "internalgateway" }, proxy: "gateway" }],
    ),
    dataPlane.startOutsider("outside", { address: OUTSIDE, httpPorts: [8080], https: { ports: [8443], ...partner } }),
    // not named after HTTP, so that the client's sidecar passes bytes through as a load balancer does
    applyService(dataPlane.lab.client("east"), {
      name: "internal",
      namespace: "gateways",
      selector: { istio: "internalgateway" },
      ports: [{ name: "tcp", port: 80, targetPort: 8080 }],
    }),
    ...dataPlane.lab.clusters.map(async ({ name }) =>
      applyCaSecret(
        dataPlane.lab.client(name),
        { namespace: "gateways", name: "partner-ca" },
        await dataPlane.rootCertificate(),
      ),
    ),
  ]);
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("routing", Topology.TwoNetworks, prepare, (setting) => {
  let routes: Routes;
  const world = () => setting().dataPlane.world;
  const inCluster = (cluster: string) => setting().pod(cluster, "client").app;
  const at = (cluster: string) => ({ connectTo: setting().dataPlane.ingressAddress(cluster) });

  before(async () => {
    routes = await loadRoutes(PROGRAM);
    for (const cluster of ["east", "west"]) {
      await waitForAnswer(world(), "http://match.example.com/exact", ({ status }) => status === 200, at(cluster));
      await waitForTally(world(), "http://shop.example.com/", ["catalog-v1@east", "catalog-v2@west"], at(cluster));
    }
  });

  /** Sends a request and compares its answer with the expected one and with the simulator's prediction. */
  const ask = async (app: App, door: Door, call: Omit<HttpCall, "kind">, wanted: Wanted): Promise<Answer> => {
    const answer = await app.call({ kind: "http", ...call });
    assertSeen(answer, wanted);
    assertPredicted(routes, door, call, answer);
    return answer;
  };

  const askWeb = async ({ wanted, ...call }: Question): Promise<void> => {
    for (const cluster of ["east", "west"])
      await ask(world(), { cluster, gateway: "web" }, { ...call, ...at(cluster) }, wanted);
  };

  describe("matchers", () => {
    for (const [title, questions] of Object.entries(MATCHES))
      it(title, async () => {
        for (const question of questions) await askWeb(question);
      });
  });

  describe("actions", () => {
    for (const [title, questions] of Object.entries(ACTIONS))
      it(title, async () => {
        for (const question of questions) await askWeb(question);
      });

    it("splits by weight between versions of different clusters", async () => {
      for (const cluster of ["east", "west"]) {
        const counts = await tally(world(), "http://shop.example.com/split", 1000, at(cluster));
        assert.deepEqual([...counts.keys()].sort(), ["catalog-v1@east", "catalog-v2@west"]);
        const second = counts.get("catalog-v2@west") ?? 0;
        // five standard deviations of a binomial with 1000 trials at 25%
        assert.ok(second >= 182 && second <= 318, JSON.stringify([...counts]));
      }
      await askWeb({ url: "http://shop.example.com/split", wanted: { status: 200, path: "/split" } });
    });
  });

  describe("delegated routes", () => {
    for (const [title, questions] of Object.entries(DELEGATED))
      it(title, async () => {
        for (const question of questions) await askWeb(question);
      });
  });

  describe("a second gateway", () => {
    const internal = { cluster: "east", gateway: "internal" };
    const connectTo = INTERNAL;
    const url = "http://match.example.com/port";

    it("is reached on its Service's port, while its proxies bind another one", async () => {
      await waitForAnswer(inCluster("east"), "http://match.example.com/exact", ({ status }) => status === 200, {
        connectTo,
      });
      await ask(inCluster("east"), internal, { url: "http://match.example.com/exact", connectTo }, { body: "exact" });
      const bound = await inCluster("east").get("http://match.example.com:8080/exact", {
        connectTo: setting().pod("east", "internal").address,
      });
      assert.equal(bound.body, "exact");
    });

    it("uses the port of clients for a matcher's port", async () => {
      const headers = [["x-door", "internal"]] as const;
      await ask(inCluster("east"), internal, { url, connectTo, headers }, { body: "internal-port" });
      await ask(inCluster("east"), internal, { url, connectTo }, { status: 404 });
    });

    it("serves only the tables that are attached to it", async () => {
      await ask(inCluster("east"), internal, { url: "http://shop.example.com/", connectTo }, { status: 404 });
    });
  });

  describe("a virtual destination with several ports", () => {
    const pods = ["catalog-v1@east", "catalog-v2@west"];
    const identity = "spiffe://east.example.com/ns/shop/sa/client";

    it("carries gRPC to both clusters, with the caller's identity", async () => {
      const call: Call = { kind: "grpc", address: "catalog.global:9000", path: "/meshway.Echo/Say" };
      const answers = await waitForCalls(inCluster("east"), call, pods);
      for (const { echo } of answers)
        assert.deepEqual([echo?.protocol, echo?.port, echo?.identity], ["grpc", 9090, identity]);
    });

    it("carries gRPC from outside through a gateway", async () => {
      for (const cluster of ["east", "west"]) {
        const address = `${setting().dataPlane.ingressAddress(cluster)}:80`;
        const call: Call = { kind: "grpc", address, path: "/meshway.Echo/Say", authority: "shop.example.com" };
        await waitForCalls(world(), call, pods);
      }
    });

    it("carries TCP to both clusters", async () => {
      const call: Call = { kind: "tcp", host: "catalog.global", port: 7000, text: "hello" };
      const answers = await waitForCalls(inCluster("east"), call, pods);
      for (const { echo } of answers) assert.deepEqual([echo?.protocol, echo?.port], ["tcp", 7070]);
    });

    it("carries HTTP to both clusters", async () => {
      await waitForTally(inCluster("east"), "http://catalog.global/", pods);
    });
  });

  it("an external service is called by pods too, on the port that its endpoint maps", async () => {
    const answer = await waitForAnswer(
      inCluster("east"),
      "http://archive.example.net/1",
      ({ status }) => status === 200,
    );
    assertSeen(answer, { pod: "outside", path: "/1", host: "archive.example.net" });
    assert.equal(answer.echo?.port, 8080);
  });

  describe("pods without sidecars", () => {
    it("are reached through the east-west gateway, which terminates TLS", async () => {
      const url = "http://shop.example.com/legacy";
      for (const cluster of ["east", "west"]) {
        const answer = await waitForAnswer(world(), url, ({ status }) => status === 200, at(cluster));
        assertPredicted(routes, { cluster, gateway: "web" }, { url }, answer);
        assert.deepEqual([from(answer), answer.echo?.identity], ["legacy@west", undefined]);
      }
      const answer = await inCluster("east").get("http://legacy.global/from-a-pod");
      assert.deepEqual([from(answer), answer.echo?.path], ["legacy@west", "/from-a-pod"]);
      const { eastWest } = setting().dataPlane.gateways("west");
      const { body } = await eastWest.app.get("http://127.0.0.1:15000/stats?filter=0.0.0.0_16443.ssl.handshake");
      assert.match(body, /ssl\.handshake: [1-9]/);
    });
  });
});
