/** Connections through a gateway, and callers with sidecars next to it: each follows its own table. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import type { Answer, Call } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { makeServerCertificate } from "../lab/data-plane/istio/certificates.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { headerOf } from "./support/prediction.js";
import { from, waitForAnswer, waitForCalls } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("test/traffic/programs/connections.ts");

const pod = (name: string, more: Partial<PodSpec>): PodSpec => ({
  name,
  namespace: "shop",
  labels: { app: name },
  serviceAccount: name,
  ...more,
});
const store = (version: string): PodSpec =>
  pod(`store-${version}`, { labels: { app: "store", version }, serviceAccount: "store", tcpPorts: [7000] });

async function prepare(setting: Setting): Promise<void> {
  const { root } = setting.dataPlane;
  const certificate = await makeServerCertificate(root, `${root}-databases`, ["*.db.example.com"]);
  const https = { ports: [9443], ...certificate };
  await setting.startPods(
    ["east", pod("orders", { https })],
    ["west", pod("users", { https })],
    ["east", store("v1")],
    ["east", store("v2")],
    ["east", pod("reviews", { httpPorts: [9080] })],
    ["west", pod("next", { httpPorts: [9080] })],
    ["east", pod("frontend", {})],
    ["east", pod("other", {})],
  );
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("connections and callers with sidecars", Topology.TwoNetworks, prepare, (setting) => {
  let routes: Routes;
  const world = () => setting().dataPlane.world;
  const door = () => setting().dataPlane.ingressAddress("east");
  const caller = (name: string) => setting().pod("east", name).app;
  const overTls = (name: string): Promise<Answer> => world().get(`https://${name}/`, { connectTo: door() });
  const toStore = (): Call => ({ kind: "tcp", host: door(), port: 5432, text: "hello" });

  /** Returns the route that the simulator predicts for a request from here, or its other verdict if none matches. */
  const predicted = (question: Parameters<Routes["ask"]>[0]): string => {
    const decision = routes.ask(question)[0]?.decision;
    if (decision === undefined) return "";
    return "route" in decision && decision.route !== undefined ? decision.route : decision.kind;
  };
  const bySidecar = (app: string) => ({ cluster: "east", sidecar: { namespace: "shop", labels: { app } } });

  before(async () => {
    routes = await loadRoutes(PROGRAM);
    const isThere = ({ status }: Answer) => status === 200;
    const viaGateway = { connectTo: door() };
    await waitForAnswer(world(), "https://orders.db.example.com/", isThere, viaGateway);
    await waitForAnswer(world(), "https://users.db.example.com/", isThere, viaGateway);
    await waitForAnswer(world(), "http://reviews.global/", isThere, viaGateway);
    await waitForAnswer(caller("frontend"), "http://reviews.global/next", isThere);
    await waitForCalls(world(), toStore(), ["store-v1@east", "store-v2@east"]);
  });

  describe("through the gateway", () => {
    it("are routed by server name to the pod that terminates TLS, in its own cluster or another one", async () => {
      for (const [name, seen, route] of [
        ["orders.db.example.com", "orders@east", "orders"],
        ["users.db.example.com", "users@west", "users"],
        ["eu.users.db.example.com", "users@west", "users"],
      ] as const) {
        const answer = await overTls(name);
        assert.equal(from(answer), seen, name);
        assert.equal(answer.echo?.protocol, "https");
        assert.equal(predicted({ scheme: "tls", host: name, port: 443, from: { gateway: "web" } }), route);
      }
    });

    it("are refused if no route has the server name, or if there is no TLS", async () => {
      for (const name of ["other.db.example.com", "orders.example.com"]) {
        assert.equal((await overTls(name)).status, 0, name);
        assert.equal(predicted({ scheme: "tls", host: name, port: 443, from: { gateway: "web" } }), "refused");
      }
      const plain = await world().get("http://orders.db.example.com:443/", { connectTo: door() });
      assert.equal(plain.status, 0);
    });

    it("are split by weight", async () => {
      const answers = await world().callsAtOnce(Array.from({ length: 200 }, toStore));
      const newest = answers.filter((answer) => from(answer) === "store-v2@east").length;
      assert.equal(answers.filter(({ status }) => status === 200).length, 200);
      // 40 of 200 are expected, with a standard deviation of 5.7
      assert.ok(newest > 14 && newest < 66, `${newest} of 200 reached v2`);
      assert.equal(predicted({ scheme: "tcp", port: 5432, from: { gateway: "web" } }), "store");
    });
  });

  describe("callers with sidecars", () => {
    it("follow the table of their namespace if they have its labels, and get a 404 if it has no route", async () => {
      for (const [target, seen] of [
        ["/next", "next@west"],
        ["/reviews", "reviews@east"],
        ["/else", "404"],
      ] as const) {
        const answer = await caller("frontend").get(`http://reviews.global${target}`);
        assert.equal(from(answer), seen, target);
        const route = predicted({ scheme: "http", host: "reviews.global", path: target, from: bySidecar("frontend") });
        assert.equal(route, seen === "404" ? "notFound" : target.slice(1));
      }
    });

    it("reach the host directly with other labels, as the gateway does through a table of its own", async () => {
      for (const target of ["/next", "/else"]) {
        assert.equal(from(await caller("other").get(`http://reviews.global${target}`)), "reviews@east");
        const question = { scheme: "http", host: "reviews.global", path: target } as const;
        assert.equal(predicted({ ...question, from: bySidecar("other") }), "unrouted");
        assert.equal(from(await world().get(`http://reviews.global${target}`, { connectTo: door() })), "reviews@east");
        assert.equal(predicted({ ...question, from: { gateway: "web" } }), "all");
      }
    });

    it("are subject to the table's policies, and other callers are not", async () => {
      const send = (name: string, bytes: number) =>
        caller(name).get("http://reviews.global/reviews", { method: "POST", body: "x".repeat(bytes) });
      const marked = await send("frontend", 10);
      assert.equal(marked.echo && headerOf(marked.echo, "x-marked"), "yes");
      assert.equal((await send("frontend", 1_000)).status, 413);
      const other = await send("other", 1_000);
      assert.deepEqual([other.status, other.echo && headerOf(other.echo, "x-marked")], [200, ""]);
    });

    it("connect according to the table", async () => {
      const call: Call = { kind: "tcp", host: "store.global", port: 5432, text: "hello" };
      await waitForCalls(caller("frontend"), call, ["store-v2@east"]);
      await waitForCalls(caller("other"), call, ["store-v1@east", "store-v2@east"]);
      const question = { scheme: "tcp", host: "store.global", port: 5432 } as const;
      assert.equal(predicted({ ...question, from: bySidecar("frontend") }), "newest");
      assert.equal(predicted({ ...question, from: bySidecar("other") }), "unrouted");
    });
  });
});
