/** examples/flat-network with real traffic: one network, where each istiod finds the pods of both clusters. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { assertPredicted } from "./support/prediction.js";
import { tally, waitForAnswer, waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("examples/flat-network/index.ts");
/** Pods that accept only plaintext. */
const PLAIN = `
const plaintext = new meshway.AccessPolicy("plaintext", { authn: { tlsMode: "DISABLE" } });
new meshway.VirtualDestination("metrics", {
  fleet,
  hosts: ["metrics.global"],
  services: [{ namespace: "shop", labels: { app: "metrics" }, serviceAccounts: ["metrics"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  policies: [plaintext],
});
`;
const SHOP = "http://shop.example.com";
const REVIEWS = "http://reviews.global";
const RATINGS = "http://ratings.global";
const RATINGS_PODS = ["ratings-v1@east", "ratings-v2@west"];

const reviews = (name: string) => ({
  name,
  namespace: "shop",
  labels: { app: "reviews" },
  serviceAccount: "reviews",
  httpPorts: [9080],
});
const ratings = (version: string) => ({
  name: `ratings-${version}`,
  namespace: "shop",
  labels: { app: "ratings", version },
  serviceAccount: "ratings",
  httpPorts: [9080],
});
const frontend = { name: "frontend", namespace: "shop", labels: { app: "frontend" }, httpPorts: [8080] };
const metrics = { name: "metrics", namespace: "shop", labels: { app: "metrics" }, httpPorts: [9080] };
const client = { name: "client", namespace: "shop", labels: { app: "client" } };

async function prepare(setting: Setting): Promise<void> {
  await Promise.all([
    setting.startPods(
      ["east", frontend],
      ["west", frontend],
      ["east", client],
      ["west", client],
      ["east", metrics],
      ["east", reviews("reviews-east")],
      ["west", reviews("reviews-west")],
      ["east", ratings("v1")],
      ["west", ratings("v2")],
    ),
    setting.service("east", "frontend", 8080, 8080),
    setting.service("west", "frontend", 8080, 8080),
  ]);
  await setting.up(readFileSync(PROGRAM, "utf8") + PLAIN);
}

describeTraffic("a flat network", Topology.Flat, prepare, (setting) => {
  let routes: Routes;
  const world = () => setting().dataPlane.world;
  const clientIn = (cluster: string) => setting().pod(cluster, "client").app;
  const at = (cluster: string) => ({ connectTo: setting().dataPlane.ingressAddress(cluster) });
  const other = (cluster: string) => (cluster === "east" ? "west" : "east");

  before(async () => {
    routes = await loadRoutes(PROGRAM);
    for (const cluster of ["east", "west"])
      await waitForAnswer(world(), `${SHOP}/reviews`, ({ status }) => status === 200, at(cluster));
  });

  describe("a virtual destination", () => {
    it("reaches the pods of both clusters", async () => {
      for (const cluster of ["east", "west"]) {
        await waitForTally(clientIn(cluster), RATINGS, RATINGS_PODS);
        await waitForTally(world(), `${SHOP}/ratings`, RATINGS_PODS, at(cluster));
      }
    });

    it("reaches them directly: no east-west gateway sees a connection, and pods see who calls", async () => {
      for (const cluster of ["east", "west"]) {
        const isFar = { east: "ratings-v2", west: "ratings-v1" }[cluster];
        const { echo } = await waitForAnswer(clientIn(cluster), RATINGS, (answer) => answer.echo?.pod === isFar);
        assert.equal(echo?.identity, `spiffe://${cluster}.example.com/ns/shop/sa/client`);
        const { eastWest } = setting().dataPlane.gateways(cluster);
        const stats = await eastWest.app.get("http://127.0.0.1:15000/stats?filter=0.0.0.0_15443.downstream_cx_total");
        assert.match(stats.body, /: 0\n/);
      }
    });

    it("splits by weight between versions of different clusters", async () => {
      for (const cluster of ["east", "west"]) {
        const counts = await tally(world(), `${SHOP}/ratings`, 1000, at(cluster));
        assert.deepEqual([...counts.keys()].sort(), RATINGS_PODS);
        const second = counts.get("ratings-v2@west") ?? 0;
        // five standard deviations of a binomial with 1000 trials at 25%
        assert.ok(second >= 182 && second <= 318, JSON.stringify([...counts]));
      }
    });

    it("prefers local pods with outlier detection, goes to the other cluster without them, and returns", async () => {
      for (const cluster of ["east", "west"]) {
        const [near, far] = [cluster, other(cluster)].map((each) => `reviews-${each}@${each}`) as [string, string];
        await waitForTally(clientIn(cluster), REVIEWS, [near]);
        await waitForTally(world(), `${SHOP}/reviews`, [near], at(cluster));
        await setting().pod(cluster, `reviews-${cluster}`).setReady(false);
        await waitForTally(clientIn(cluster), REVIEWS, [far]);
        await waitForTally(world(), `${SHOP}/reviews`, [far], at(cluster));
        await setting().pod(cluster, `reviews-${cluster}`).setReady(true);
        await waitForTally(clientIn(cluster), REVIEWS, [near]);
      }
    });

    it("adds a new pod of the other cluster, and drops a relabeled one, without another `up`", async () => {
      await setting().startPods(["west", { ...ratings("v1"), name: "ratings-new" }]);
      await waitForTally(clientIn("east"), RATINGS, [...RATINGS_PODS, "ratings-new@west"]);
      await setting().pod("west", "ratings-new").label({ app: "retired" });
      await waitForTally(clientIn("east"), RATINGS, RATINGS_PODS);
      await setting().pod("west", "ratings-new").remove();
    });
  });

  it("callers send plaintext if an AccessPolicy has `tlsMode` `DISABLE`, and mutual TLS to other pods", async () => {
    for (const cluster of ["east", "west"]) {
      const { echo } = await waitForAnswer(clientIn(cluster), "http://metrics.global/", ({ status }) => status === 200);
      assert.deepEqual([echo?.pod, echo?.identity], ["metrics", undefined]);
      const near = (await clientIn(cluster).get(`${RATINGS}/`)).echo;
      assert.equal(near?.identity, `spiffe://${cluster}.example.com/ns/shop/sa/client`);
    }
  });

  describe("a Service", () => {
    it("of one cluster is reached from both, even if the other cluster has a Service with the same name", async () => {
      for (const cluster of ["east", "west"]) {
        await waitForTally(world(), `${SHOP}/`, ["frontend@east"], at(cluster));
        await waitForTally(world(), `${SHOP}/west`, ["frontend@west"], at(cluster));
      }
    });

    it("called by its own name spans clusters, as Istio does on a flat network", async () => {
      const pods = ["frontend@east", "frontend@west"];
      for (const cluster of ["east", "west"])
        await waitForTally(clientIn(cluster), "http://frontend.shop.svc.cluster.local:8080/", pods);
    });
  });

  it("is simulated accurately", async () => {
    for (const cluster of ["east", "west"])
      for (const url of ["/", "/west", "/reviews", "/ratings"].map((target) => `${SHOP}${target}`))
        assertPredicted(routes, { cluster, gateway: "web" }, { url }, await world().get(url, at(cluster)));
  });
});
