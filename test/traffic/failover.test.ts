/** examples/failover under load: local pods fail, requests go to the other cluster, and return. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { loadRoutes } from "../../sdk/nodejs/src/testing.js";
import type { LoadRecord } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { poll } from "../lab/processes/poll.js";
import { failures, waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const REVIEWS = "http://reviews.global/";
const PROGRAM = "examples/failover/index.ts";

/** The threshold of the example's OutlierDetectionPolicy. */
const CONSECUTIVE_ERRORS = 3;
const EJECTION_MS = 10_000;

/** Concurrent requests: this many may be lost with an endpoint, besides the ones that count toward its ejection. */
const CONCURRENCY = 4;
const RATE = 100;

const reviews = {
  name: "reviews",
  namespace: "shop",
  labels: { app: "reviews" },
  serviceAccount: "reviews",
  httpPorts: [9080],
};

async function prepare(setting: Setting): Promise<void> {
  await setting.startPods(
    ["east", reviews],
    ["west", reviews],
    ["east", { name: "client", namespace: "shop", labels: { app: "client" } }],
  );
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("failover", Topology.TwoNetworks, prepare, (setting) => {
  const client = () => setting().pod("east", "client").app;
  const near = () => setting().pod("east", "reviews");
  const isFrom = (cluster: string) => (record: LoadRecord) => record[2] === 200 && record[4] === `reviews@${cluster}`;

  /** Waits until the records since `start` satisfy the condition. */
  async function waitFor(what: string, isSeen: (records: readonly LoadRecord[]) => boolean, start = 0): Promise<void> {
    const seen = await poll(async () => isSeen((await client().loadRecords()).filter(([, ended]) => ended >= start)), {
      timeoutMs: 60_000,
      everyMs: 100,
    });
    assert.ok(seen, `${what} was not seen under load`);
  }

  /** Fails the local pod under load and repairs it; checks which requests were lost, and when. */
  async function failAndMend(fail: () => Promise<void>, mend: () => Promise<void>): Promise<void> {
    await waitForTally(client(), REVIEWS, ["reviews@east"]);
    await client().startLoad({ call: { kind: "http", url: REVIEWS }, concurrency: CONCURRENCY, rate: RATE });
    await waitFor("an answer of the near pod", (records) => records.filter(isFrom("east")).length > RATE);
    const failedAt = (await client().loadRecords()).at(-1)?.[1] ?? 0;
    await fail();
    await waitFor("the other cluster", (records) => records.filter(isFrom("west")).length > RATE, failedAt);
    await mend();
    const mendedAt = (await client().loadRecords()).at(-1)?.[1] ?? 0;
    await waitFor("the near pod, back again", (records) => records.filter(isFrom("east")).length > RATE, mendedAt);
    const records = await client().stopLoad();

    const lost = records.filter(([, , status]) => status !== 200);
    const detectedAt =
      records.find(([sent, , status, , pod]) => sent >= failedAt && status === 200 && pod === "reviews@west")?.[0] ??
      Number.NaN;
    const backAt = records.find((record) => record[0] >= mendedAt && isFrom("east")(record))?.[0] ?? Number.NaN;
    console.log(
      `      ${records.length} requests, ${lost.length} lost ${JSON.stringify(failures(records))}; ` +
        `${detectedAt - failedAt} ms to the other cluster, ${backAt - failedAt} ms until back`,
    );
    // the third consecutive error ejects the endpoint; requests in flight may fail too
    assert.ok(lost.length <= CONSECUTIVE_ERRORS + CONCURRENCY, JSON.stringify(lost));
    assert.deepEqual(
      lost.filter(([sent]) => sent > detectedAt),
      [],
      "requests were lost after the first detection",
    );
    assert.ok(backAt - detectedAt >= EJECTION_MS - 1000, "the near pod was back before its time");
  }

  it("is predicted by the simulator: local endpoints first", async () => {
    const routes = await loadRoutes(PROGRAM);
    const [answer] = routes.ask({ scheme: "http", host: "shop.example.com", path: "/", from: { cluster: "east" } });
    assert.ok(answer?.decision.kind === "forward");
    const places = answer.decision.targets[0]?.endpoints.map((endpoint) => [
      "cluster" in endpoint && endpoint.cluster,
      "priority" in endpoint && endpoint.priority,
    ]);
    assert.deepEqual(places, [
      ["east", 0],
      ["west", 1],
    ]);
  });

  it("stays local while all pods are healthy", async () => {
    await waitForTally(client(), REVIEWS, ["reviews@east"], { count: 200 });
    const world = setting().dataPlane.world;
    for (const cluster of ["east", "west"]) {
      const options = { connectTo: setting().dataPlane.ingressAddress(cluster), count: 200 };
      await waitForTally(world, "http://shop.example.com/", [`reviews@${cluster}`], options);
    }
  });

  it("ejects a pod that answers with errors", async () => {
    const { app } = near();
    await failAndMend(
      () => app.behave({ status: 503 }),
      () => app.behave({ status: 200 }),
    );
  });

  it("ejects a pod that was killed, though Kubernetes still reports it ready", async () => {
    await failAndMend(
      () => near().kill(),
      () => near().restart(),
    );
  });
});
