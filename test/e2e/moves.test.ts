/** Moves to another cluster: stopped half way they are finished by the next run, and taking them back loses nothing. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { type Edit, edit, example, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

const TO_NORTH: Edit = ['context: "east"', 'context: "north"'];

/** The text of a cluster's kubeconfig, in which the entry of the cluster may have one more key. */
function kubeconfig({ lab }: Setting, cluster: string, more = ""): string {
  const text = readFileSync(lab.clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "", "utf8");
  return text.replace(/^( *)server: .*$/m, (line, indent) => `${line}${more && `\n${indent}${more}`}`);
}

/** The example, in which a provider of the program's leads to the first cluster. */
function withProvider(text: string, name = "own", options = ""): string {
  return edit(example(['context: "east"', "provider: own"]), [
    "// Two clusters",
    `import * as k8s from "@pulumi/kubernetes";
const own = new k8s.Provider("${name}", { kubeconfig: ${JSON.stringify(text)} }, {${options}});
// Two clusters`,
  ]);
}

/** Begins to move to a program's cluster, which does not know tables. */
async function stopHalfWay({ north, east }: Setting, stack: Stack, program: string): Promise<void> {
  const restore = await north.removeKind("VirtualService");
  try {
    stack.write(program);
    refuse(await stack.up());
  } finally {
    await restore();
  }
  const moved = await north.objects();
  assert.ok(moved.length > 0 && moved.length < OBJECTS.east.length, moved.join());
  assert.deepEqual(await east.objects(), OBJECTS.east);
}

const WAYS: readonly [string, (setting: Setting) => { readonly first: string; readonly second: string }][] = [
  ["of the fleet's", () => ({ first: example(), second: example(TO_NORTH) })],
  [
    "of the program's",
    (setting) => ({
      first: withProvider(kubeconfig(setting, "east")),
      second: withProvider(kubeconfig(setting, "north")),
    }),
  ],
];

for (const [whose, programs] of WAYS) {
  describe(`a move to another cluster that is stopped half way, through a provider ${whose}`, function () {
    this.timeout(TEST_TIMEOUT);
    let setting: Setting;
    let stack: Stack;
    let first: string;
    let second: string;

    const begin = () => stopHalfWay(setting, stack, second);

    beforeEach(async function () {
      this.timeout(BUILD_TIMEOUT);
      setting = await cleanLab();
      ({ first, second } = programs(setting));
      stack = await newStack({ lab: setting.lab, program: first });
      succeed(await stack.up());
    });

    it("is finished by the next run", async () => {
      await begin();
      const { changes } = succeed(await stack.preview());
      assert.ok(
        changes.some((change) => change.endsWith("shop-east-VirtualService-shop--web")),
        changes.join(),
      );
      succeed(await stack.up());
      assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [OBJECTS.east, []]);
      succeed(await stack.preview("--expect-no-changes"));
      // and back, in one go
      stack.write(first);
      succeed(await stack.up());
      assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [[], OBJECTS.east]);
      succeed(await stack.destroy());
    });

    it("is not taken back before it is finished, and nothing is lost", async () => {
      await begin();
      const before = await setting.east.uids();
      stack.write(first);
      assert.match(succeed(await stack.preview()).text, /warning\[MW0550\]: `.*` of cluster `east` is not the object/);
      for (const flags of [[], ["--continue-on-error"], []])
        assert.match(refuse(await stack.up(...flags)).text, /error\[MW0550\]: .*\n.*\n.*\n.*help: finish the move/);
      assert.deepEqual(await setting.east.uids(), before);
      stack.write(second);
      // the way was noted as it was before
      assert.match(refuse(await stack.up()).text, /error\[MW0544\]/);
      succeed(await stack.up());
      assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [OBJECTS.east, []]);
      succeed(await stack.preview("--expect-no-changes"));
      succeed(await stack.destroy());
    });
  });
}

describe("a move that is stopped half way", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  const applied = async (program: string): Promise<Stack> => {
    const stack = await newStack({ lab: setting.lab, program });
    succeed(await stack.up());
    return stack;
  };

  it("is not taken back either where the identifier came with it", async () => {
    const stack = await applied(example());
    await stopHalfWay(setting, stack, example(['context: "east"', 'context: "north", clusterIdentifier: "one"']));
    const before = await setting.east.uids();
    stack.write(example(['context: "east"', 'context: "east", clusterIdentifier: "one"']));
    for (const flags of [[], ["--continue-on-error"]])
      assert.match(refuse(await stack.up(...flags)).text, /error\[MW0550\]/);
    assert.deepEqual(await setting.east.uids(), before);
    stack.write(example(['context: "east"', 'context: "north", clusterIdentifier: "one"']));
    succeed(await stack.up());
    assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [OBJECTS.east, []]);
    succeed(await stack.destroy());
  });

  it("fails where a transformation takes away what it would be finished by", async () => {
    const TRANSFORMED = `}, {
  transforms: [({ props, opts }: any) => ({ props, opts: { ...opts, ignoreChanges: ["metadata.annotations"] } })],
});`;
    const program = (text: string): string => text.replace(/\}\);\s*$/, TRANSFORMED);
    const stack = await applied(program(example()));
    await stopHalfWay(setting, stack, program(example(TO_NORTH)));
    assert.match(refuse(await stack.up()).text, /error\[MW0546\]: .* lacks `VirtualService gateways\/shop--web`/);
    // by now Pulumi would delete it by the new way, on which it would just have been made
    stack.write(example(TO_NORTH));
    assert.match(refuse(await stack.up("--continue-on-error")).text, /error\[MW0546\]/);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [OBJECTS.east, [TABLE]]);
    succeed(await stack.destroy());
    await setting.east.wipe();
  });

  it("by a kill that came before the state had an object is finished too", async () => {
    const stack = await applied(example());
    await stopHalfWay(setting, stack, example(TO_NORTH));
    // what the run would have made next; the state does not know of it
    const { metadata } = await setting.east.get(TABLE);
    const made = Object.values(await setting.north.annotations())[0] ?? {};
    const { annotations = {} } = metadata;
    await setting.north.applyAs(
      "pulumi-kubernetes-1234",
      TABLE,
      { hosts: ["shop.example.com"] },
      {
        ...annotations,
        "meshway.io/provider": made["meshway.io/provider"] ?? "",
      },
    );
    succeed(await stack.up());
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    // the annotation by which Pulumi got at the fields goes
    succeed(await stack.up());
    succeed(await stack.preview("--expect-no-changes"));
    assert.equal(((await setting.north.get(TABLE)).spec["http"] as unknown[]).length, 3);
    succeed(await stack.destroy());
    await setting.east.wipe();
  });

  it("by a cluster that is down leaves deletes, which go before the stack comes back to that cluster", async () => {
    const stack = await applied(example());
    await setting.lab.stopCluster("east");
    try {
      stack.write(example(TO_NORTH));
      refuse(await stack.up());
    } finally {
      await setting.lab.startCluster("east");
    }
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    // made anew, without what was there
    await setting.east.wipe();
    stack.write(example());
    assert.match(succeed(await stack.preview()).text, /warning\[MW0553\]/);
    for (const flags of [[], ["--continue-on-error"]])
      assert.match(refuse(await stack.up(...flags)).text, /error\[MW0553\]: the stack still has to delete/);
    stack.write(example(TO_NORTH));
    refuse(await stack.up());
    succeed(await stack.up());
    stack.write(example());
    succeed(await stack.up());
    assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [[], OBJECTS.east]);
    succeed(await stack.destroy());
  });
});

describe("an object that somebody has deleted", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  /** Changes the way to a cluster that lacks an object, or all of them; it is made again, and not deleted right after. */
  async function madeAgain(stack: Stack, into: string, lost: readonly string[]): Promise<void> {
    succeed(await stack.up());
    for (const id of lost) await setting.east.delete(id);
    stack.write(into);
    const first = refuse(await stack.up("--continue-on-error")).text;
    assert.match(first, /error\[MW0546\]: cluster `east` is reached in another way than before and lacks/);
    succeed(await stack.refresh());
    let run = await stack.up();
    // a way that the run above has noted is told once
    if (run.code !== 0) {
      assert.match(run.text, /error\[MW0544\]/);
      run = await stack.up();
    }
    succeed(run);
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  }

  it("is made again where another provider leads to the cluster by the same entry", async () => {
    const text = kubeconfig(setting, "east");
    const stack = await newStack({ lab: setting.lab, program: withProvider(text) });
    await madeAgain(stack, withProvider(text, "other"), [TABLE]);
  });

  for (const [what, lost] of [
    ["one object", [TABLE]],
    ["all objects", OBJECTS.east],
  ] as const)
    it(`is made again where the cluster's entry has changed: ${what}`, async () => {
      const stack = await newStack({ lab: setting.lab, program: withProvider(kubeconfig(setting, "east")) });
      await madeAgain(stack, withProvider(kubeconfig(setting, "east", "disable-compression: true")), lost);
    });
});

describe("a way to a cluster", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("that leads to one which another cluster of the fleet is in stops the run", async () => {
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

  it("that is the default one is looked at too", async () => {
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

describe("a cluster that is reached through another provider", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("whose entry of the cluster differs: the run stops, until the provider has an alias", async () => {
    const stack = await newStack({ lab: setting.lab, program: withProvider(kubeconfig(setting, "east")) });
    succeed(await stack.up());
    const before = await setting.east.uids();
    const changed = kubeconfig(setting, "east", "disable-compression: true");
    stack.write(withProvider(changed, "other"));
    assert.match(
      refuse(await stack.preview()).text,
      /error\[MW0551\]: .*\n.*\n.*it came through urn:.*::own\n.*help: give the new provider `aliases: \["urn:.*::own"\]`/,
    );
    const urn = (await stack.resources()).find((each) => each.endsWith("providers:kubernetes::own"));
    stack.write(withProvider(changed, "other", `aliases: ["${urn}"]`));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), before);
    stack.write(withProvider(changed, "other"));
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });

  it("and once that is known to the stack, until the former provider took the new way first", async () => {
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
