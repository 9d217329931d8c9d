/** Isolation of a team without virtual destinations, with real traffic: who reaches its plain Services, and who not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Topology } from "../lab/data-plane/data-plane.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { from, waitForAnswer } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("test/traffic/programs/isolated-services.ts");
const STACKS = "http://stacks.library.svc.cluster.local/";

const pod = (name: string, namespace: string, more: Partial<PodSpec> = {}): PodSpec => ({
  name,
  namespace,
  labels: { app: name },
  httpPorts: [],
  ...more,
});

async function prepare(setting: Setting): Promise<void> {
  const stacks = pod("stacks", "library", { httpPorts: [9080, 9090] });
  await setting.startPods(
    ["east", stacks],
    ["west", stacks],
    ["east", pod("reader", "library")],
    ["east", pod("trimmed", "library")],
    ["east", pod("frontend", "shop")],
    ["east", pod("clerk", "billing")],
    ["east", pod("outside-of-the-mesh", "library", { proxy: "none" })],
    ["east", pod("own-gateway", "library", { labels: { istio: "librarygateway" }, proxy: "gateway" })],
  );
  for (const cluster of ["east", "west"]) await setting.service(cluster, "stacks", 80, 9080, "library");
}

describeTraffic("isolation of plain Services", Topology.TwoNetworks, prepare, (setting) => {
  const client = (name: string) => setting().pod("east", name).app;
  const world = () => setting().dataPlane.world;
  const shared = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });
  const own = () => ({ connectTo: setting().pod("east", "own-gateway").address });
  const isStacks = ({ echo }: { readonly echo?: { readonly pod: string } | undefined }) => echo?.pod === "stacks";

  it("is not there without the program: everybody reaches them, in plaintext too", async () => {
    await waitForAnswer(client("clerk"), STACKS, isStacks);
    const { address } = setting().pod("east", "stacks");
    await waitForAnswer(client("outside-of-the-mesh"), `http://${address}:9090/`, isStacks);
  });

  describe("of a team without virtual destinations", () => {
    before(async () => {
      await setting().up(readFileSync(PROGRAM, "utf8"));
      await waitForAnswer(client("clerk"), STACKS, ({ status }) => status === 403);
    });

    it("lets in its own namespaces, also callers that a policy trims, and those it exports Services to", async () => {
      for (const name of ["reader", "trimmed", "frontend"])
        assert.equal(from(await client(name).get(STACKS)), "stacks@east", name);
    });

    it("refuses callers of other teams", async () => {
      const { status, body } = await client("clerk").get(STACKS);
      assert.deepEqual({ status, body }, { status: 403, body: "RBAC: access denied" });
    });

    it("refuses plaintext, on every port of the pods, and leaves the ports of probes as they are", async () => {
      const { address } = setting().pod("east", "stacks");
      const plain = client("outside-of-the-mesh");
      for (const port of [9080, 9090]) assert.equal((await plain.get(`http://${address}:${port}/`)).status, 0);
      assert.equal((await plain.get(`http://${address}:15021/healthz/ready`)).status, 200);
    });

    it("lets in gateways that teams share, near and from another network", async () => {
      const near = await waitForAnswer(world(), "http://shop.example.com/", isStacks, shared());
      assert.equal(from(near), "stacks@east");
      const far = await waitForAnswer(world(), "http://shop.example.com/far", isStacks, shared());
      assert.equal(from(far), "stacks@west");
    });

    it("keeps no client from a gateway among its pods", async () => {
      const stranger = client("outside-of-the-mesh");
      const answer = await waitForAnswer(stranger, "http://library.example.com:8080/", isStacks, own());
      assert.equal(from(answer), "stacks@east");
    });
  });
});
