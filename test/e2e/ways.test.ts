/** Live objects when the connection to their cluster changes, and when someone has deleted them. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { edit, example, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { kubeconfig, withProvider } from "./support/providers.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("an object that someone has deleted", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  /**
   * Changes the connection to a cluster that lacks some or all objects; they are created again, and not deleted right
   * after.
   */
  async function madeAgain(stack: Stack, into: string, lost: readonly string[]): Promise<void> {
    succeed(await stack.up());
    for (const id of lost) await setting.east.delete(id);
    stack.write(into);
    const first = refuse(await stack.up("--continue-on-error")).text;
    assert.match(first, /error\[MW0546\]: the connection settings of cluster `east` changed, and it lacks/);
    succeed(await stack.refresh());
    let run = await stack.up();
    // a connection that the previous run recorded is reported once
    if (run.code !== 0) {
      assert.match(run.text, /error\[MW0544\]/);
      run = await stack.up();
    }
    succeed(run);
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  }

  it("is created again if another provider leads to the cluster through the same entry", async () => {
    const text = kubeconfig(setting, "east");
    const stack = await newStack({ lab: setting.lab, program: withProvider(text) });
    await madeAgain(stack, withProvider(text, "other"), [TABLE]);
  });

  for (const [what, lost] of [
    ["one object", [TABLE]],
    ["all objects", OBJECTS.east],
  ] as const)
    it(`is created again if the cluster's entry has changed: ${what}`, async () => {
      const stack = await newStack({ lab: setting.lab, program: withProvider(kubeconfig(setting, "east")) });
      await madeAgain(stack, withProvider(kubeconfig(setting, "east", "disable-compression: true")), lost);
    });
});

describe("a cluster that was emptied after a run recorded its new connection", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("is filled again by a refresh: created objects are not deleted through the former connection", async () => {
    const program = (more?: string) =>
      example(['context: "east"', `kubeconfig: ${JSON.stringify(kubeconfig(setting, "east", more))}`]);
    const stack = await newStack({ lab: setting.lab, program: program() });
    succeed(await stack.up());
    stack.write(program("disable-compression: true"));
    assert.match(refuse(await stack.up()).text, /error\[MW0544\]/);
    await setting.east.wipe();
    assert.match(refuse(await stack.up("--continue-on-error")).text, /error\[MW0546\]: .* cluster `east` .* lacks/);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    succeed(await stack.destroy());
  });
});

describe("a connection to a cluster", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("that leads to another cluster of the fleet stops the run", async () => {
    // both have the same objects
    const alike = edit(example(), [
      'destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 }]',
      "destinations: [{ virtualDestination: reviews }]",
    ]).replace('context: "west"', 'context: "west", clusterIdentifier: "w"');
    const stack = await newStack({ lab: setting.lab, program: alike });
    succeed(await stack.up());
    const before = [await setting.east.uids(), await setting.west.uids()];
    stack.write(alike.replace('context: "west"', 'context: "east"'));
    for (const flags of [[], ["--continue-on-error"]])
      assert.match(refuse(await stack.up(...flags)).text, /error\[MW0543\]/);
    assert.deepEqual([await setting.east.uids(), await setting.west.uids()], before);
    stack.write(alike);
    succeed(await stack.up());
    succeed(await stack.destroy());
  });

  it("that is the default one is checked too", async () => {
    const home = path.join(setting.lab.folder, "home");
    const file = path.join(home, ".kube", "config");
    mkdirSync(path.dirname(file), { recursive: true });
    const text = readFileSync(setting.lab.env["KUBECONFIG"] ?? "", "utf8");
    const leading = (cluster: string): void => {
      const config = parse(text) as { contexts: { name: string; context: { cluster: string } }[] };
      const context = config.contexts.find(({ name }) => name === "east")?.context;
      if (context !== undefined) context.cluster = cluster;
      writeFileSync(file, stringify(config), { mode: 0o600 });
    };
    leading("east");
    const stack = await newStack({ lab: setting.lab, program: example(), env: { HOME: home, KUBECONFIG: undefined } });
    succeed(await stack.up());
    leading("north");
    assert.match(refuse(await stack.up()).text, /error\[MW0546\]/);
    leading("east");
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });

  it("may change after the stack was renamed", async () => {
    const stack = await newStack({ lab: setting.lab, program: withProvider(kubeconfig(setting, "east")) });
    succeed(await stack.up());
    const before = await setting.east.uids();
    succeed(await stack.pulumi(["stack", "rename", "renamed"]));
    stack.write(withProvider(kubeconfig(setting, "east", "disable-compression: true")));
    assert.match(refuse(await stack.up()).text, /error\[MW0544\]/);
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });
});

describe("a cluster behind another provider", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("whose cluster entry differs: the run stops until the provider has an alias", async () => {
    const stack = await newStack({ lab: setting.lab, program: withProvider(kubeconfig(setting, "east")) });
    succeed(await stack.up());
    const before = await setting.east.uids();
    const changed = kubeconfig(setting, "east", "disable-compression: true");
    stack.write(withProvider(changed, "other"));
    const remedy = /its former provider is urn:.*::own\n.*help: give the new provider `aliases: \["urn:.*::own"\]`/;
    assert.match(refuse(await stack.preview()).text, new RegExp(`error\\[MW0551\\]: .*\\n.*\\n.*${remedy.source}`));
    const urn = (await stack.resources()).find((each) => each.endsWith("providers:kubernetes::own"));
    stack.write(withProvider(changed, "other", `aliases: ["${urn}"]`));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), before);
    stack.write(withProvider(changed, "other"));
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });

  it("once the stack has recorded it: until the former provider switches first", async () => {
    const stack = await newStack({ lab: setting.lab, program: withProvider(kubeconfig(setting, "east")) });
    succeed(await stack.up());
    const before = await setting.east.uids();
    const changed = kubeconfig(setting, "east", "disable-compression: true");
    stack.write(withProvider(changed, "other"));
    for (const flags of [[], ["--continue-on-error"]])
      assert.match(refuse(await stack.up(...flags)).text, /error\[MW0551\]/);
    stack.write(withProvider(changed));
    assert.match(refuse(await stack.up()).text, /error\[MW0544\]/);
    succeed(await stack.up());
    stack.write(withProvider(changed, "other"));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });
});
