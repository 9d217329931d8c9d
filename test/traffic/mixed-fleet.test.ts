/**
 * A fleet of one cluster with sidecars and one without: mutual TLS to the pods that support it, plaintext to the
 * gateway of the others.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { assertPredicted } from "./support/prediction.js";
import { waitForAnswer, waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("test/traffic/programs/mixed-fleet.ts");
const SHOP = "http://shop.example.com";
const REVIEWS = "http://reviews.global";
const PODS = ["reviews@east", "reviews@west"];

const reviews: PodSpec = { name: "reviews", namespace: "shop", labels: { app: "reviews" }, httpPorts: [9080] };
const frontend: PodSpec = { name: "frontend", namespace: "shop", labels: { app: "frontend" }, httpPorts: [8080] };

async function prepare(setting: Setting): Promise<void> {
  await Promise.all([
    setting.startPods(
      ["east", reviews],
      ["east", { name: "client", namespace: "shop", labels: { app: "client" } }],
      ["west", { ...reviews, proxy: "none" }],
      ["west", { ...frontend, proxy: "none" }],
    ),
    setting.service("west", "frontend", 8080, 8080),
  ]);
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("a mixed fleet", Topology.TwoNetworks, prepare, (setting) => {
  let routes: Routes;
  const world = () => setting().dataPlane.world;
  const client = () => setting().pod("east", "client").app;
  const atEast = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });

  before(async () => {
    routes = await loadRoutes(PROGRAM);
    await waitForAnswer(world(), `${SHOP}/`, ({ status }) => status === 200, atEast());
  });

  it("balances a virtual destination over both, for gateways and for pods", async () => {
    await waitForTally(world(), `${SHOP}/reviews`, PODS, atEast());
    await waitForTally(client(), REVIEWS, PODS);
  });

  it("shows the caller's identity in the cluster with sidecars, and none in the other", async () => {
    const near = await waitForAnswer(client(), REVIEWS, ({ echo }) => echo?.cluster === "east");
    assert.equal(near.echo?.identity, "spiffe://east.example.com/ns/shop/sa/client");
    const far = await waitForAnswer(client(), REVIEWS, ({ echo }) => echo?.cluster === "west");
    assert.equal(far.echo?.identity, undefined);
  });

  it("reaches a Service of the cluster without sidecars", async () => {
    await waitForTally(world(), `${SHOP}/`, ["frontend@west"], atEast());
  });

  it("keeps working without the pods of the cluster with sidecars, and returns to them", async () => {
    await setting().pod("east", "reviews").setReady(false);
    await waitForTally(client(), REVIEWS, ["reviews@west"]);
    await setting().pod("east", "reviews").setReady(true);
    await waitForTally(client(), REVIEWS, PODS);
  });

  it("is simulated accurately", async () => {
    for (const url of ["/", "/reviews"].map((target) => `${SHOP}${target}`))
      assertPredicted(routes, { cluster: "east", gateway: "web" }, { url }, await world().get(url, atEast()));
  });
});
