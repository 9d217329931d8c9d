import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cluster } from "../src/cluster";
import type { JsonObject } from "../src/json";
import { readClusterAccess } from "../src/kubeconfig";
import { PulumiProject } from "./pulumi-project";

const REVIEWS = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "shop" },
};
const ENTRY = {
  apiVersion: "networking.istio.io/v1",
  kind: "ServiceEntry",
  metadata: { name: "entry", namespace: "default" },
};

/** The real CLI, a real kube-apiserver and Istio's real CRDs; the first run builds them and takes minutes. */
describe("the stand-in on a real cluster", function () {
  this.timeout(15 * 60_000);
  const folder = mkdtempSync(path.join(tmpdir(), "stand-in-"));
  let stop = async () => {};
  let project: PulumiProject;
  let env: Record<string, string>;
  let cluster: Cluster;
  let crash = async () => {};

  before(async () => {
    process.env.MESHWAY_LAB_KUBERNETES_PROVIDER = "stand-in";
    const { startLab } = await import("../../start-lab.js");
    const lab = await startLab({ clusters: ["east"] });
    stop = () => lab.stop();
    crash = () => lab.stopCluster("east");
    env = { ...lab.env, MESHWAY_LAB_FINALIZE_NAMESPACES: "1" };
    project = new PulumiProject(path.join(folder, "one"), env);
    const access = readClusterAccess({ kubeconfig: lab.kubeconfig, context: "east", cluster: "" });
    cluster = new Cluster(access, new AbortController().signal);
    assert.equal((await project.run(["stack", "init", "dev"])).code, 0);
  });

  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function succeed(args: string[], more: Record<string, string> = {}): Promise<string> {
    const { code, text } = await project.run(args, more);
    assert.equal(code, 0, text);
    return text;
  }

  async function refuse(args: string[], more: Record<string, string>, expected: RegExp): Promise<void> {
    const { code, text } = await project.run(args, more);
    assert.notEqual(code, 0, text);
    assert.match(text, expected);
  }

  async function writeAs(manager: string, object: JsonObject): Promise<void> {
    await cluster.apply(object, { fieldManager: manager, dryRun: false, force: true });
  }

  const up = ["up", "--yes", "--skip-preview"];
  const shop = { ONLY: "shop" };

  it("refuses an unknown field in a preview", () =>
    refuse(["preview"], { ONLY: "entry", UNKNOWN_FIELD: "hostz" }, /unknown field "spec\.hostz"/));

  it("creates the objects, and changes nothing the second time", async () => {
    await succeed(up, shop);
    await succeed(["preview", "--expect-no-changes"], shop);
    const outputs = JSON.parse(await succeed(["stack", "output", "--json"])) as Record<string, string>;
    const live = await cluster.get(REVIEWS);
    assert.equal(outputs.uid, (live.metadata as JsonObject).uid);
    assert.equal(outputs.id, "shop/reviews");
    assert.match(outputs.name ?? "", /^named-[0-9a-f]{8}$/);
  });

  it("keeps secret values out of the state", () => {
    const backend = path.join((env.PULUMI_BACKEND_URL ?? "").replace("file://", ""), ".pulumi", "stacks");
    const files = readdirSync(backend, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    assert.notEqual(files.length, 0);
    for (const file of files) {
      const text = readFileSync(path.join(backend, file), "utf8");
      for (const hidden of ["hunter2", Buffer.from("hunter2-very-secret").toString("base64")])
        assert.ok(!text.includes(hidden), file);
    }
  });

  it("reports exactly the changes", async () => {
    const steps = await project.preview({ ...shop, WEIGHT: "80" });
    const paths = Object.entries(steps.reviews?.detailedDiff ?? {}).map(([name, { kind }]) => `${kind} ${name}`);
    assert.deepEqual(Object.keys(steps), ["reviews"]);
    assert.deepEqual(paths.sort(), ["delete spec.http[0].timeout", "update spec.http[0].route[0].weight"]);
  });

  it("removes fields that left the program, although Create wrote them without server-side apply", async () => {
    await succeed(up, { ...shop, WEIGHT: "80" });
    const { spec } = (await cluster.get(REVIEWS)) as { spec: { http: JsonObject[] } };
    assert.deepEqual(Object.keys(spec.http[0] ?? {}), ["route"]);
  });

  it("shows drift after a refresh, and repairs it", async () => {
    const route = [
      { destination: { host: "v1" }, weight: 70 },
      { destination: { host: "v2" }, weight: 30 },
    ];
    await writeAs("kubectl", { ...REVIEWS, spec: { http: [{ route }] } });
    await succeed(["refresh", "--yes", "--skip-preview"], { ...shop, WEIGHT: "80" });
    const steps = await project.preview({ ...shop, WEIGHT: "80" });
    const paths = Object.keys(steps.reviews?.detailedDiff ?? {}).sort();
    assert.deepEqual(paths, ["spec.http[0].route[0].weight", "spec.http[0].route[1].weight"]);
    await succeed(up, { ...shop, WEIGHT: "80" });
    const { spec } = (await cluster.get(REVIEWS)) as { spec: { http: { route: JsonObject[] }[] } };
    assert.deepEqual(
      spec.http[0]?.route.map(({ weight }) => weight),
      [80, 10],
    );
  });

  it("names a conflicting field and its owner", async () => {
    await writeAs("somebody", { ...REVIEWS, spec: { hosts: ["theirs"] } });
    await succeed(["refresh", "--yes", "--skip-preview"], { ...shop, WEIGHT: "80" });
    await refuse(up, { ...shop, WEIGHT: "80" }, /\.spec\.hosts: conflict with "somebody"/);
  });

  it("destroys everything, including the namespace", async () => {
    await succeed(["destroy", "--yes", "--skip-preview"]);
    await assert.rejects(cluster.get({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }), /not found/);
  });

  it("doesn't overwrite an existing object unless configured to", async () => {
    await writeAs("somebody", { ...ENTRY, spec: { hosts: ["a"], resolution: "DNS" } });
    const entry = { ONLY: "entry", WEIGHT: "a" };
    await refuse(up, entry, /"entry" already exists/);
    await refuse(up, { ...entry, UPSERT: "1", WEIGHT: "b" }, /\.spec\.hosts: conflict with "somebody"/);
    await succeed(up, { ...entry, UPSERT: "1" });
    await succeed(["destroy", "--yes", "--skip-preview"]);
  });

  it("passes a preview while the CRD may still be created, and reports its absence in the real run", async () => {
    await succeed(["preview"], { ONLY: "widget" });
    await refuse(up, { ONLY: "widget" }, /CustomResourceDefinition \(CRD\) of Widget isn't installed/);
  });

  it("reports within seconds which cluster is unreachable", async () => {
    await crash();
    const started = Date.now();
    await refuse(["preview"], shop, /configured Kubernetes cluster is unreachable: https:\/\/127\.0\.0\.1:\d+: /);
    assert.ok(Date.now() - started < 20_000);
  });
});
