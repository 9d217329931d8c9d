/** The lab works as promised: real validation, clusters that fail and come back, nothing left behind. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const COLLECTION = "/apis/networking.istio.io/v1/namespaces/default/virtualservices";

type KubeConfig = ReturnType<Lab["client"]>;

function virtualService(name: string, extra: object = {}) {
  const http = [{ route: [{ destination: { host: "reviews" } }] }];
  const metadata = { name, namespace: "default" };
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata,
    spec: { hosts: [`${name}.test`], http, ...extra },
  };
}

describe("lab", function () {
  // the first run on a machine builds the lab
  this.timeout(15 * 60_000);
  let lab: Lab;
  let apply: (config: KubeConfig, object: ReturnType<typeof virtualService>) => Promise<unknown>;
  let count: (config: KubeConfig) => Promise<number>;

  before(async () => {
    const { startLab } = await import("../lab/start-lab.js");
    const { applyObject, kubeRequest } = await import("../lab/cluster/kube-request.js");
    apply = (config, object) => applyObject(config, COLLECTION, object);
    count = async (config) =>
      (await kubeRequest<{ items: unknown[] }>(config, { method: "GET", path: COLLECTION })).items.length;
    lab = await startLab({ clusters: ["east", "west"] });
  });

  after(() => lab?.stop());

  it("accepts objects that match Istio's schema, in one cluster only", async () => {
    await apply(lab.client("east"), virtualService("plain"));
    assert.equal(await count(lab.client("east")), 1);
    assert.equal(await count(lab.client("west")), 0);
  });

  it("refuses fields that Istio's schema lacks", async () => {
    await assert.rejects(apply(lab.client("east"), virtualService("typo", { htttp: [] })), /htttp/);
  });

  it("restores a crashed cluster with its data, while the other one keeps running", async () => {
    const before = await count(lab.client("east"));
    await lab.stopCluster("east");
    await assert.rejects(count(lab.client("east")), /ECONNREFUSED|ECONNRESET/);
    assert.equal(await count(lab.client("west")), 0);
    await lab.startCluster("east");
    assert.equal(await count(lab.client("east")), before);
  });

  it("runs next to another lab whose clusters have the same names", async () => {
    const { startLab } = await import("../lab/start-lab.js");
    const other = await startLab({ clusters: ["east"] });
    const east = other.client("east");
    try {
      assert.equal(await count(east), 0);
      assert.notEqual(other.clusters[0]?.server, lab.clusters[0]?.server);
    } finally {
      await other.stop();
    }
    assert.equal(existsSync(other.folder), false);
    await assert.rejects(count(east), /ECONNREFUSED|ECONNRESET/);
  });
});
