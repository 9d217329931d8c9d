/** examples/gateways-only with real traffic: no sidecars, and plaintext HTTP between the gateways of both clusters. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { findOnPath } from "../lab/parts/find.js";
import { startCapture } from "./support/capture.js";
import { assertPredicted, headerOf } from "./support/prediction.js";
import { from, tally, waitForAnswer, waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("examples/gateways-only/index.ts");
const SHOP = "http://shop.example.com";
const PODS = ["reviews-v1@east", "reviews-v2@west"];

const reviews = (version: string, name = `reviews-${version}`): PodSpec => ({
  name,
  namespace: "shop",
  labels: { app: "reviews", version },
  proxy: "none",
  httpPorts: [9080, 9081],
});
const frontend: PodSpec = {
  name: "frontend",
  namespace: "shop",
  labels: { app: "frontend" },
  proxy: "none",
  httpPorts: [8080],
};

async function prepare(setting: Setting): Promise<void> {
  await Promise.all([
    setting.startPods(["east", frontend], ["west", frontend], ["east", reviews("v1")], ["west", reviews("v2")]),
    setting.service("east", "frontend", 8080, 8080),
    setting.service("west", "frontend", 8080, 8080),
  ]);
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("without a mesh", Topology.NoMesh, prepare, (setting) => {
  let routes: Routes;
  const world = () => setting().dataPlane.world;
  const at = (cluster: string) => ({ connectTo: setting().dataPlane.ingressAddress(cluster) });
  const other = (cluster: string) => (cluster === "east" ? "west" : "east");

  before(async () => {
    routes = await loadRoutes(PROGRAM);
    for (const cluster of ["east", "west"])
      await waitForAnswer(world(), `${SHOP}/`, ({ status }) => status === 200, at(cluster));
  });

  describe("a Service of one cluster", () => {
    it("is reached in the gateway's own cluster and from the other one, without any identity", async () => {
      for (const cluster of ["east", "west"])
        for (const [target, pod] of [
          ["/", "frontend@east"],
          ["/west", "frontend@west"],
        ] as const) {
          await waitForTally(world(), `${SHOP}${target}`, [pod], at(cluster));
          const answer = await world().get(`${SHOP}${target}`, at(cluster));
          assert.equal(answer.echo?.identity, undefined);
        }
    });
  });

  describe("a virtual destination", () => {
    it("is balanced over both clusters, from either gateway", async () => {
      for (const cluster of ["east", "west"]) await waitForTally(world(), `${SHOP}/reviews`, PODS, at(cluster));
    });

    it("is found by the Host header alone, at each of its ports", async () => {
      for (const cluster of ["east", "west"])
        for (const [target, host, port] of [
          ["/reviews", "reviews.global", 9080],
          ["/admin", "reviews.global:8081", 9081],
        ] as const) {
          await waitForTally(world(), `${SHOP}${target}`, PODS, at(cluster));
          const { echo } = await waitForAnswer(
            world(),
            `${SHOP}${target}`,
            (answer) => answer.echo?.cluster === other(cluster),
            at(cluster),
          );
          assert.ok(echo);
          assert.deepEqual([headerOf(echo, "host"), echo.port, echo.identity], [host, port, undefined]);
        }
    });

    it("crosses between gateways as plaintext that anyone on the path can read", async function () {
      if (!process.env["CI"] && (await findOnPath("tcpdump")) === undefined) this.skip();
      const capture = await startCapture(setting().dataPlane.network.cluster("west").node, "wan", 15443);
      await waitForTally(world(), `${SHOP}/reviews?who=can-read-this`, PODS, at("east"));
      const text = await capture.stop();
      assert.match(text, /GET \/reviews\?who=can-read-this HTTP\/1\.1/);
      assert.match(text, /host: reviews\.global/i);
    });

    it("splits by weight between versions of different clusters", async () => {
      for (const cluster of ["east", "west"]) {
        await waitForTally(world(), `${SHOP}/split`, PODS, at(cluster));
        const counts = await tally(world(), `${SHOP}/split`, 1000, at(cluster));
        assert.deepEqual([...counts.keys()].sort(), PODS);
        const second = counts.get("reviews-v2@west") ?? 0;
        // five standard deviations of a binomial with 1000 trials at 25%
        assert.ok(second >= 182 && second <= 318, JSON.stringify([...counts]));
      }
    });

    it("uses the other cluster while its own has no ready pod, and returns", async () => {
      await setting().pod("east", "reviews-v1").setReady(false);
      await waitForTally(world(), `${SHOP}/reviews`, ["reviews-v2@west"], at("east"));
      await setting().pod("east", "reviews-v1").setReady(true);
      await waitForTally(world(), `${SHOP}/reviews`, PODS, at("east"));
    });

    it("adds a new pod with its labels, and drops a relabeled one, without another `up`", async () => {
      await setting().startPods(["west", reviews("v3", "reviews-new")]);
      const withNew = [...PODS, "reviews-new@west"];
      for (const cluster of ["east", "west"]) await waitForTally(world(), `${SHOP}/reviews`, withNew, at(cluster));
      await setting().pod("west", "reviews-new").label({ app: "retired" });
      for (const cluster of ["east", "west"]) await waitForTally(world(), `${SHOP}/reviews`, PODS, at(cluster));
      await setting().pod("west", "reviews-new").remove();
    });
  });

  it("hosts that the east-west gateway does not know get a 404 there", async () => {
    const connectTo = setting().dataPlane.network.cluster("west").addresses.eastWestGateway;
    const unknown = await world().get("http://other.global:15443/", { connectTo });
    assert.equal(unknown.status, 404);
    const known = await world().get("http://reviews.global:15443/", { connectTo });
    assert.equal(from(known), "reviews-v2@west");
  });

  it("is simulated accurately", async () => {
    for (const cluster of ["east", "west"])
      for (const url of ["/", "/west", "/reviews", "/admin", "/split"].map((target) => `${SHOP}${target}`))
        assertPredicted(routes, { cluster, gateway: "web" }, { url }, await world().get(url, at(cluster)));
  });
});
