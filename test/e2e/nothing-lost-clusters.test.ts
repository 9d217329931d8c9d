/** A run deletes nothing that the program still declares, whatever becomes of clusters and kubeconfigs. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { applied } from "./support/applied.js";
import { type Edit, edit, example, OBJECTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { allUids, assertWhole } from "./support/live-objects.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("nothing is lost when a kubeconfig changes", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  /** The example, with the kubeconfig of east as text, in which the entry of the cluster has more keys. */
  const withText = (keys: string, more = ""): string => {
    const file = setting.lab.clusters.find(({ name }) => name === "east")?.kubeconfig ?? "";
    const text = readFileSync(file, "utf8").replace(
      /^( *)server: .*$/m,
      (line, indent) => `${line}${keys && `\n${indent}${keys}`}`,
    );
    return example(['context: "east"', `kubeconfig: ${JSON.stringify(text)}${more}`]);
  };

  // each test has a stack of its own
  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("as text, without an identifier: the run stops once, the next one keeps the objects", async () => {
    const stack = await newStack({ lab: setting.lab, program: withText("") });
    succeed(await stack.up());
    const before = await allUids(setting);
    stack.write(withText("disable-compression: true"));
    assert.match(
      succeed(await stack.preview()).text,
      /warning\[MW0545\]: the connection settings of cluster `east` changed/,
    );
    const { text } = refuse(await stack.up("--continue-on-error"));
    assert.match(text, /error\[MW0544\]: `VirtualService gateways\/shop--web` is in cluster `east`/);
    assert.match(text, /run `pulumi up` again/);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    // with an identifier that is there before the change, no run stops
    stack.write(withText("disable-compression: true", ', clusterIdentifier: "the-east"'));
    succeed(await stack.up());
    stack.write(withText("", ', clusterIdentifier: "the-east"'));
    succeed(await stack.preview());
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });

  it("from a context to a provider of one's own, and back", async () => {
    const stack = await newStack({ lab: setting.lab, program: example() });
    succeed(await stack.up());
    const before = await allUids(setting);
    const file = setting.lab.clusters.find(({ name }) => name === "east")?.kubeconfig ?? "";
    const own = edit(example(['context: "east"', "provider: east"]), [
      "// Two clusters",
      `import * as k8s from "@pulumi/kubernetes";\nconst east = new k8s.Provider("own", { kubeconfig: ${JSON.stringify(file)} });\n// Two clusters`,
    ]);
    stack.write(own.replace("kubeconfig:", "upsertExistingObjects: true, kubeconfig:"));
    for (const run of [() => stack.preview(), () => stack.up("--continue-on-error")])
      assert.match(
        refuse(await run()).text,
        /error\[MW0540\]: the provider of cluster `east` has `upsertExistingObjects`/,
      );
    assert.deepEqual(await allUids(setting), before);
    stack.write(own);
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    stack.write(example());
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.destroy());
  });

  it("so that it leads to another cluster: the objects are made there", async () => {
    const stack = await newStack({ lab: setting.lab, program: example() });
    succeed(await stack.up());
    const { north, west } = setting;
    const before = await west.uids();
    stack.write(example(['context: "east"', 'context: "north"']));
    succeed(await stack.up());
    assert.deepEqual(await north.objects(), OBJECTS.east);
    assert.deepEqual(await west.uids(), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
    assert.deepEqual(await north.objects(), []);
  });

  it("so that it leads to another cluster under the same identifier: the run stops, and a refresh makes the objects there", async () => {
    const [east, north] = ["east", "north"].map((name) =>
      readFileSync(setting.lab.clusters.find((each) => each.name === name)?.kubeconfig ?? "", "utf8"),
    );
    const program = (kubeconfig = "") =>
      example(['context: "east"', `kubeconfig: ${JSON.stringify(kubeconfig)}, clusterIdentifier: "one"`]);
    const stack = await newStack({ lab: setting.lab, program: program(east) });
    succeed(await stack.up());
    const before = await allUids(setting);
    stack.write(program(north));
    assert.match(
      succeed(await stack.preview()).text,
      /warning\[MW0546\]: the connection settings of cluster `east` changed.* lacks `/,
    );
    assert.match(refuse(await stack.up()).text, /error\[MW0546\].*\n.*\n.*`pulumi refresh` and then `pulumi up`/);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
    await setting.east.wipe();
  });

  it("as a path, in which the file is edited: nothing changes; where it leads to another cluster, a refresh makes the objects there", async () => {
    const [east, north] = ["east", "north"].map((name) =>
      readFileSync(setting.lab.clusters.find((each) => each.name === name)?.kubeconfig ?? "", "utf8"),
    );
    const file = path.join(setting.lab.folder, "edited.yaml");
    writeFileSync(file, east ?? "", { mode: 0o600 });
    const stack = await newStack({
      lab: setting.lab,
      program: example(['context: "east"', `kubeconfig: ${JSON.stringify(file)}`]),
    });
    succeed(await stack.up());
    const before = await allUids(setting);
    writeFileSync(file, (east ?? "").replace(/^( *)server: .*$/m, "$&\n$1disable-compression: true"), { mode: 0o600 });
    succeed(await stack.preview("--expect-no-changes"));
    assert.deepEqual(await allUids(setting), before);
    // Pulumi has only the path, and so takes this for the cluster of before
    writeFileSync(file, north ?? "", { mode: 0o600 });
    assert.match(refuse(await stack.up("--continue-on-error")).text, /error\[MW0546\]/);
    assert.deepEqual(await setting.north.objects(), []);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.destroy());
    await setting.east.wipe();
  });
});

describe("nothing is lost when clusters come and go", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  const NORTH: Edit = [
    'name: "west",',
    'name: "north", context: "north", eastWestGateway: { addresses: ["203.0.113.30"] } },\n    { name: "west",',
  ];

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack } = await applied(example()));
  });

  it("one that was emptied is filled again by a refresh", async () => {
    await setting.east.wipe();
    succeed(await stack.up("--refresh"));
    await assertWhole(setting);
  });

  it("a third one is added", async () => {
    const before = await allUids(setting);
    stack.write(example(NORTH));
    succeed(await stack.up());
    assert.ok((await setting.north.objects()).length >= OBJECTS.east.length);
    const after = await allUids(setting);
    for (const [index, cluster] of before.entries())
      for (const [id, uid] of Object.entries(cluster)) assert.equal(after[index]?.[id], uid, id);
  });

  it("it is removed while it can't be reached: the others stay whole", async () => {
    await setting.lab.stopCluster("north");
    try {
      stack.write(example());
      refuse(await stack.up("--continue-on-error"));
      await assertWhole(setting);
    } finally {
      await setting.lab.startCluster("north");
    }
    succeed(await stack.up());
    await assertWhole(setting);
    assert.deepEqual(await setting.north.objects(), []);
    succeed(await stack.destroy());
  });
});
