/** examples/two-clusters with real traffic: two networks, each with an east-west gateway. */
import assert from "node:assert/strict";
import { edit, example } from "../e2e/support/example.js";
import { applyObject, kubeRequest } from "../lab/cluster/kube-request.js";
import type { Answer } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { from, tally, waitForAnswer, waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const SHOP = "https://shop.example.com";
const REVIEWS = "http://reviews.global";
const REVIEWS_PODS = ["reviews-v1@east", "reviews-v1@west", "reviews-v2@west"];

const reviews = (version: string, name = `reviews-${version}`) => ({
  name,
  namespace: "shop",
  labels: { app: "reviews", version },
  serviceAccount: "reviews",
  httpPorts: [9080],
});
const frontend = { name: "frontend", namespace: "shop", labels: { app: "frontend" }, httpPorts: [8080] };
const client = { name: "client", namespace: "shop", labels: { app: "client" } };

async function prepare(setting: Setting): Promise<void> {
  await setting.certificate("web-cert", ["*.example.com"]);
  await Promise.all([
    setting.startPods(
      ["east", frontend],
      ["east", client],
      ["east", { ...client, name: "stranger", labels: { app: "stranger" }, proxy: "none" }],
      ["east", reviews("v1")],
      ["west", client],
      ["west", reviews("v1")],
      ["west", reviews("v2")],
    ),
    setting.service("east", "frontend", 8080, 8080),
    setting.service("east", "reviews", 9080, 9080),
    setting.service("west", "reviews", 9080, 9080),
  ]);
  await setting.up(example());
}

const isAnswered = ({ status }: Answer): boolean => status === 200;

describeTraffic("two networks", Topology.TwoNetworks, prepare, (setting) => {
  const at = (cluster: string) => ({ connectTo: setting().dataPlane.ingressAddress(cluster) });
  const world = () => setting().dataPlane.world;
  const clientAt = (cluster: string, name: string) => setting().pod(cluster, name).app;
  const clientIn = (cluster: string) => clientAt(cluster, "client");

  /** A new client in the west: an east-west gateway chooses a pod per connection, and older clients keep theirs. */
  const newcomer = async (name: string) => {
    await setting().startPods(["west", { ...client, name }]);
    return clientAt("west", name);
  };

  describe("a Service of one cluster", () => {
    it("is reached in the gateway's own cluster", async () => {
      const answer = await waitForAnswer(world(), `${SHOP}/`, isAnswered, at("east"));
      assert.equal(from(answer), "frontend@east");
      assert.equal(answer.echo?.identity, "spiffe://east.example.com/ns/gateways/sa/ingressgateway");
    });

    it("is reached from the other cluster's gateway, with that gateway's identity end to end", async () => {
      const answer = await waitForAnswer(world(), `${SHOP}/`, isAnswered, at("west"));
      assert.equal(from(answer), "frontend@east");
      assert.equal(answer.echo?.identity, "spiffe://west.example.com/ns/gateways/sa/ingressgateway");
    });
  });

  describe("a virtual destination", () => {
    it("is balanced over both clusters, from either one", async () => {
      for (const cluster of ["east", "west"]) await waitForTally(clientIn(cluster), REVIEWS, REVIEWS_PODS);
    });

    it("shows the caller's identity to the pod in the other cluster", async () => {
      const { echo } = await waitForAnswer(clientIn("east"), REVIEWS, (answer) => answer.echo?.cluster === "west");
      assert.equal(echo?.identity, "spiffe://east.example.com/ns/shop/sa/client");
    });

    it("is passed through by the east-west gateway, which doesn't terminate TLS", async () => {
      for (const cluster of ["east", "west"]) {
        const { eastWest } = setting().dataPlane.gateways(cluster);
        const { body } = await eastWest.app.get("http://127.0.0.1:15000/stats?filter=outbound_|ssl");
        const sumOf = (pattern: RegExp) =>
          body
            .split("\n")
            .filter((line) => pattern.test(line))
            .reduce((sum, line) => sum + Number(line.split(": ").at(-1)), 0);
        assert.ok(sumOf(/^cluster\.outbound_\.80_.*reviews\.global.*upstream_cx_total/) > 0, body);
        assert.equal(sumOf(/^listener\.0\.0\.0\.0_15443\.ssl\./), 0, body);
        assert.equal(sumOf(/^cluster\.outbound_.*\.ssl\.handshake/), 0, body);
      }
    });

    it("uses the other cluster while its own has no ready pod, and returns", async () => {
      await setting().pod("east", "reviews-v1").setReady(false);
      await waitForTally(clientIn("east"), REVIEWS, ["reviews-v1@west", "reviews-v2@west"]);
      await setting().pod("east", "reviews-v1").setReady(true);
      await waitForTally(clientIn("east"), REVIEWS, REVIEWS_PODS);
    });

    it("adds a new pod with its labels, and drops a relabeled one, without another `up`", async () => {
      await setting().startPods(["east", reviews("v1", "reviews-new")]);
      const withNew = [...REVIEWS_PODS, "reviews-new@east"];
      await waitForTally(clientIn("east"), REVIEWS, withNew);
      await waitForTally(await newcomer("after-join"), REVIEWS, withNew);
      await setting().pod("east", "reviews-new").label({ app: "retired" });
      await waitForTally(clientIn("east"), REVIEWS, REVIEWS_PODS);
      await waitForTally(await newcomer("after-leave"), REVIEWS, REVIEWS_PODS);
      await setting().pod("east", "reviews-new").remove();
    });

    it("splits requests by weight between versions, wherever they run", async () => {
      const counts = await tally(world(), `${SHOP}/reviews`, 1000, at("east"));
      const second = counts.get("reviews-v2@west") ?? 0;
      // five standard deviations of a binomial with 1000 trials at 10%
      assert.ok(second >= 52 && second <= 148, JSON.stringify([...counts]));
      assert.deepEqual([...counts.keys()].sort(), REVIEWS_PODS);
    });

    it("does not affect plain Services, whose requests stay in their cluster", async () => {
      const counts = await tally(clientIn("east"), "http://reviews.shop.svc.cluster.local:9080/", 200);
      assert.deepEqual([...counts], [["reviews-v1@east", 200]]);
    });
  });

  describe("listeners", () => {
    it("redirect plain HTTP to HTTPS", async () => {
      const answer = await world().get("http://shop.example.com/reviews?a=b", at("east"));
      assert.deepEqual([answer.status, answer.headers["location"]], [301, `${SHOP}/reviews?a=b`]);
    });

    it("terminate TLS with the certificate of the secret", async () => {
      const ca = await setting().dataPlane.rootCertificate();
      const answer = await world().get(`${SHOP}/healthz`, { ...at("east"), ca });
      assert.deepEqual([answer.status, answer.body], [200, "ok"]);
    });

    it("answer a host without a table with 404, and reset connections to unclaimed names and ports", async () => {
      const unclaimed = await world().get("https://other.example.com/", at("east"));
      assert.equal(unclaimed.status, 404);
      const foreign = await world().get("https://shop.example.org/", at("east"));
      assert.deepEqual([foreign.status, foreign.error], [0, "ECONNRESET"]);
      const noPort = await world().get("http://shop.example.com:8080/", at("east"));
      assert.deepEqual([noPort.status, noPort.error], [0, "ECONNREFUSED"]);
    });

    it("serve a table with a wildcard host, unless another has the exact name", async () => {
      const program = `${example()}
new meshway.RouteTable("any", { fleet, hosts: ["*.example.com"], virtualGateways: [web],
  http: [{ name: "any", directResponse: { status: 200, body: "any" } }] });
`;
      await setting().up(program);
      await waitForAnswer(world(), "https://other.example.com/", ({ body }) => body === "any", at("east"));
      assert.equal(from(await world().get(`${SHOP}/`, at("east"))), "frontend@east");
      await setting().up(edit(program, ['hosts: ["*.example.com"]', 'hosts: ["a.example.com"]']));
      await waitForAnswer(world(), "https://other.example.com/", ({ status }) => status === 404, at("east"));
    });
  });

  describe("under strict mutual TLS", () => {
    it("callers without identity are refused, others are not", async () => {
      const stranger = setting().pod("east", "stranger").app;
      const url = `http://${setting().pod("east", "reviews-v1").address}:9080/`;
      await waitForAnswer(stranger, url, isAnswered);
      const strict = {
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        metadata: { name: "default", namespace: "shop" },
        spec: { mtls: { mode: "STRICT" } },
      };
      const cluster = setting().dataPlane.lab.client("east");
      const collection = "/apis/security.istio.io/v1/namespaces/shop/peerauthentications";
      await applyObject(cluster, collection, strict);
      try {
        await waitForAnswer(stranger, url, ({ error }) => error === "ECONNRESET");
        await waitForTally(clientIn("east"), REVIEWS, REVIEWS_PODS);
        await waitForAnswer(world(), `${SHOP}/`, isAnswered, at("east"));
      } finally {
        await kubeRequest(cluster, { method: "DELETE", path: `${collection}/default` });
      }
    });
  });
});
