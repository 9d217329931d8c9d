import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { Cluster } from "../src/cluster";
import { type JsonObject, objectAt, stringAt } from "../src/json";
import { readClusterAccess } from "../src/kubeconfig";
import { ObjectStack } from "./object-stack";
import { PulumiProject } from "./pulumi-project";

const FINALIZER = "example.com/wait";

/**
 * What may lose objects, and what protects them. Holds for the official plugin too:
 * MESHWAY_LAB_KUBERNETES_PROVIDER=official runs the same tests with it, where it is installed.
 */
describe("as the official plugin", function () {
  this.timeout(15 * 60_000);
  const folder = mkdtempSync(path.join(tmpdir(), "as-the-official-"));
  let stop = async () => {};
  let crash = async () => {};
  let env: Record<string, string> = {};
  let kubeconfig = "";
  let cluster: Cluster;
  let count = 0;

  before(async () => {
    process.env.MESHWAY_LAB_KUBERNETES_PROVIDER ??= "stand-in";
    const { startLab } = await import("../../start-lab.js");
    const lab = await startLab({ clusters: ["east"] });
    stop = () => lab.stop();
    crash = () => lab.stopCluster("east");
    env = lab.env;
    kubeconfig = lab.kubeconfig;
    const access = readClusterAccess({ kubeconfig, context: "east", cluster: "" });
    cluster = new Cluster(access, new AbortController().signal);
  });

  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A stack of its own, and an object's name that no other test uses. */
  async function stackOf(settings: JsonObject = {}): Promise<ObjectStack> {
    const name = `entry-${++count}`;
    const project = new PulumiProject(path.join(folder, name), env, "objects-program.cjs");
    assert.equal((await project.run(["stack", "init", name])).code, 0);
    return new ObjectStack(project, cluster, { kubeconfig, context: "east", ...settings }, name);
  }

  const up = ["up", "--yes", "--skip-preview"];
  const refreshed = [...up, "--refresh"];
  const destroy = ["destroy", "--yes", "--skip-preview"];

  describe("a creation", () => {
    it("has one fixed manager; the first update takes its fields over, so that fields which left the program go", async () => {
      const stack = await stackOf();
      const labels = { team: "shop" };
      const metadata = { name: stack.name, namespace: "default", labels };
      await stack.succeed(up, [stack.entry("a", { metadata })]);
      assert.deepEqual(await stack.managers(), ["pulumi-kubernetes Update"]);
      await stack.succeed(up, [stack.entry("a")]);
      assert.match((await stack.managers()).join(), /^pulumi-kubernetes-[0-9a-f]{8} Apply$/);
      assert.equal(objectAt(await stack.live(), "metadata").labels, undefined);
    });

    it("of an object that exists fails, at length, first naming the object; a preview says nothing", async () => {
      const stack = await stackOf();
      await stack.apply("somebody", "theirs");
      await stack.succeed(["preview"], [stack.entry("theirs")]);
      const text = await stack.refuse(up, [stack.entry("theirs")], new RegExp(`"${stack.name}" already exists`));
      const advice = text.slice(text.lastIndexOf("already exists"));
      assert.ok(advice.split("\n").length >= 10, text);
      assert.equal(await stack.state("entry"), undefined);
      assert.deepEqual(await stack.managers(), ["somebody Apply"]);
    });

    it("by upsert takes over equal fields in silence, and conflicts about others in the real run alone", async () => {
      const stack = await stackOf({ upsertExistingObjects: true });
      await stack.apply("somebody", "theirs");
      await stack.succeed(["preview"], [stack.entry("ours")]);
      await stack.refuse(up, [stack.entry("ours")], /conflict with "somebody"/);
      assert.deepEqual(await stack.host(), ["theirs"]);
      await stack.succeed(up, [stack.entry("theirs")]);
      assert.equal((await stack.managers()).length, 2);
    });

    it("by upsert doesn't first take over what a POST wrote", async () => {
      const [first, second] = [await stackOf(), await stackOf({ upsertExistingObjects: true })];
      await first.succeed(up, [first.entry("a")]);
      await second.refuse(up, [first.entry("b")], /conflict with "pulumi-kubernetes"/);
    });

    it("of a renamed resource fails and keeps the object; with upsert the object is gone afterwards", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      const uid = await stack.uid();
      await stack.refuse(up, [stack.entry("a", { urn: "renamed" })], /already exists/);
      assert.equal(await stack.uid(), uid);
      stack.settings = { ...stack.settings, upsertExistingObjects: true };
      await stack.succeed(up, [stack.entry("a", { urn: "renamed" })]);
      assert.equal(await stack.live(), undefined);
    });
  });

  describe("an update", () => {
    it("over another's field passes a preview before the first update, as nothing is applied yet", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      await stack.patch("somebody", { spec: { hosts: ["theirs"] } });
      await stack.succeed(["preview", "--refresh"], [stack.entry("b")]);
      await stack.refuse(refreshed, [stack.entry("b")], /conflict with "somebody"/);
      assert.deepEqual(await stack.host(), ["theirs"]);
    });

    it("over a field of kubectl edit fails in the preview, though the real run takes the field back", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      await stack.succeed(up, [stack.entry("b")]);
      await stack.edit("c");
      await stack.refuse(["preview", "--refresh"], [stack.entry("b")], /conflict with "kubectl-edit"/);
      await stack.refuse(["up", "--yes", "--refresh"], [stack.entry("b")], /conflict with "kubectl-edit"/);
      assert.deepEqual(await stack.host(), ["c"]);
      await stack.succeed(refreshed, [stack.entry("b")]);
      assert.deepEqual(await stack.host(), ["b"]);
    });

    it("that failed is in the state, and the next run tries again", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      await stack.succeed(up, [stack.entry("b")]);
      await stack.apply("somebody", "theirs");
      await stack.refuse(up, [stack.entry("c")], /conflict with "somebody"/);
      const failed = await stack.state("entry");
      assert.deepEqual(objectAt(objectAt(failed, "outputs"), "spec").hosts, ["theirs"]);
      assert.ok(Array.isArray(failed?.initErrors) && failed.initErrors.length > 0);
      await stack.refuse(up, [stack.entry("c")], /conflict with "somebody"/);
    });

    it("under another manager's name, given by annotation and forced, leaves nothing to the name before", async () => {
      const stack = await stackOf();
      const named = (manager: string, more: JsonObject = {}): JsonObject => ({
        name: stack.name,
        namespace: "default",
        annotations: { "pulumi.com/patchFieldManager": manager, ...more },
      });
      await stack.succeed(up, [stack.entry("a", { metadata: named("one") })]);
      await stack.succeed(up, [stack.entry("b", { metadata: named("one") })]);
      assert.deepEqual(await stack.managers(), ["one Apply"]);
      await stack.succeed(up, [stack.entry("b", { metadata: named("two", { "pulumi.com/patchForce": "true" }) })]);
      assert.deepEqual(await stack.managers(), ["two Apply"]);
    });
  });

  describe("a replacement", () => {
    it("by --replace creates first, which fails and keeps the object, unless deleteBeforeReplace is set", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      const uid = await stack.uid();
      const replace = [...up, "--replace", stringAt(await stack.state("entry"), "urn")];
      await stack.refuse(replace, [stack.entry("a")], /already exists/);
      assert.equal(await stack.uid(), uid);
      await stack.succeed(replace, [stack.entry("a", { options: { deleteBeforeReplace: true } })]);
      assert.notEqual(await stack.uid(), uid);
      assert.ok(await stack.live());
    });

    it("of the provider, as one key was added to the cluster's entry, fails and keeps the objects", async () => {
      const text = JSON.stringify(kubeconfigOf(kubeconfig, {}));
      const edited = JSON.stringify(kubeconfigOf(kubeconfig, { "disable-compression": true }));
      const stack = await stackOf({ kubeconfig: text });
      await stack.succeed(up, [stack.entry("a")]);
      const uid = await stack.uid();
      stack.settings = { ...stack.settings, kubeconfig: edited };
      await stack.refuse(up, [stack.entry("a")], /already exists/);
      assert.equal(await stack.uid(), uid);
    });

    it("of the provider doesn't happen where a clusterIdentifier was set before the edit", async () => {
      const text = JSON.stringify(kubeconfigOf(kubeconfig, {}));
      const edited = JSON.stringify(kubeconfigOf(kubeconfig, { "disable-compression": true }));
      const stack = await stackOf({ kubeconfig: text });
      await stack.succeed(up, [stack.entry("a")]);
      const uid = await stack.uid();
      stack.settings = { ...stack.settings, clusterIdentifier: "east" };
      await stack.succeed(up, [stack.entry("a")]);
      stack.settings = { ...stack.settings, kubeconfig: edited };
      await stack.succeed(up, [stack.entry("a")]);
      assert.equal(await stack.uid(), uid);
    });
  });

  describe("an import", () => {
    it("of a custom resource knows its name alone, so the same run updates everything", async () => {
      const stack = await stackOf();
      await stack.apply("kubectl", "theirs");
      const uid = await stack.uid();
      const entry = stack.entry("ours", { options: { import: `default/${stack.name}` } });
      const text = await stack.succeed(up, [entry]);
      assert.match(text, /1 imported/);
      assert.deepEqual([await stack.host(), await stack.uid()], [["ours"], uid]);
      await stack.succeed(["preview", "--expect-no-changes"], [entry]);
    });

    it("of fields that somebody else applied is a conflict, and leaves them", async () => {
      const stack = await stackOf();
      await stack.apply("somebody", "theirs");
      const options = { import: `default/${stack.name}` };
      await stack.refuse(up, [stack.entry("ours", { options })], /conflict with "somebody"/);
      assert.deepEqual(await stack.host(), ["theirs"]);
    });

    it("of a kind of Kubernetes itself knows all fields, and must not become a replacement", async () => {
      const stack = await stackOf();
      const metadata = { name: stack.name, namespace: "default" };
      const map = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { key: "theirs" } };
      await cluster.create(map, { dryRun: false });
      const declared = { ...map, urn: "map", options: { import: `default/${stack.name}` } };
      await stack.refuse(up, [{ ...declared, data: { key: "ours" } }], /may not be replaced/);
      assert.deepEqual((await cluster.get(map)).data, { key: "theirs" });
      const text = await stack.succeed(up, [declared]);
      assert.doesNotMatch(text, /updated/);
    });

    it("of what isn't there fails", async () => {
      const stack = await stackOf();
      const options = { import: `default/${stack.name}` };
      await stack.refuse(up, [stack.entry("a", { options })], /does not exist/);
    });
  });

  describe("a deletion", () => {
    it("goes by name: an object that somebody made anew is deleted too", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      await stack.remove();
      await stack.apply("somebody", "theirs");
      await stack.succeed(destroy, []);
      assert.equal(await stack.live(), undefined);
    });

    it("waits until the object is gone", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      await stack.patch("somebody", { metadata: { finalizers: [FINALIZER] } });
      const destroying = stack.run(destroy, []);
      const { poll } = await import("../../processes/poll.js");
      const isGoing = async () => objectAt(await stack.live(), "metadata").deletionTimestamp !== undefined;
      assert.ok(await poll(isGoing, { timeoutMs: 60_000 }));
      assert.ok(await stack.state("entry"));
      await stack.patch("somebody", { metadata: { finalizers: [] } });
      assert.equal((await destroying).code, 0);
      assert.equal(await stack.live(), undefined);
    });

    it("in a cluster that doesn't answer fails, and passes only when the user asks for it", async () => {
      const stack = await stackOf();
      await stack.succeed(up, [stack.entry("a")]);
      await crash();
      await stack.refuse(destroy, [], /PULUMI_K8S_DELETE_UNREACHABLE/);
      assert.ok(await stack.state("entry"));
      await stack.succeed(destroy, [], { PULUMI_K8S_DELETE_UNREACHABLE: "true" });
      assert.equal(await stack.state("entry"), undefined);
    });
  });
});

/** The lab's kubeconfig as an object, with more keys in each cluster's entry. */
function kubeconfigOf(file: string, more: JsonObject): JsonObject {
  const config = parse(readFileSync(file, "utf8")) as JsonObject & { clusters: JsonObject[] };
  const clusters = config.clusters.map((entry) => ({ ...entry, cluster: { ...objectAt(entry, "cluster"), ...more } }));
  return { ...config, clusters };
}
