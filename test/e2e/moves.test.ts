/** Moves to another cluster: the next run finishes an interrupted move, and reverting one loses nothing. */
import assert from "node:assert/strict";
import { type Edit, example, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { kubeconfig, withProvider } from "./support/providers.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

const TO_NORTH: Edit = ['context: "east"', 'context: "north"'];
const THIRD_AT_EAST: Edit = [
  'name: "west",',
  'name: "third", context: "east", eastWestGateway: { addresses: ["203.0.113.30"] } },\n    { name: "west",',
];

/** Starts a move to a program's cluster, which does not know route tables. */
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
  describe(`a move to another cluster that is interrupted, through a provider ${whose}`, function () {
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
      // and back, in one run
      stack.write(first);
      succeed(await stack.up());
      assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [[], OBJECTS.east]);
      succeed(await stack.destroy());
    });

    it("can't be reverted before it is finished, and nothing is lost", async () => {
      await begin();
      const before = await setting.east.uids();
      stack.write(first);
      assert.match(succeed(await stack.preview()).text, /warning\[MW0550\]: `.*` of cluster `east` is not the object/);
      for (const flags of [[], ["--continue-on-error"], []])
        assert.match(refuse(await stack.up(...flags)).text, /error\[MW0550\]: .*\n.*\n.*\n.*help: finish the move/);
      assert.deepEqual(await setting.east.uids(), before);
      stack.write(second);
      // the old connection was recorded again
      assert.match(refuse(await stack.up()).text, /error\[MW0544\]/);
      succeed(await stack.up());
      assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [OBJECTS.east, []]);
      succeed(await stack.preview("--expect-no-changes"));
      succeed(await stack.destroy());
    });
  });
}

describe("an interrupted move", function () {
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

  it("can't be reverted either if the identifier moved too", async () => {
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

  it("fails if a transform removes the field that would finish it", async () => {
    const TRANSFORMED = `}, {
  transforms: [({ props, opts }: any) => ({ props, opts: { ...opts, ignoreChanges: ["metadata.annotations"] } })],
});`;
    const program = (text: string): string => text.replace(/\}\);\s*$/, TRANSFORMED);
    const stack = await applied(program(example()));
    await stopHalfWay(setting, stack, program(example(TO_NORTH)));
    assert.match(refuse(await stack.up()).text, /error\[MW0546\]: .* lacks `VirtualService gateways\/shop--web`/);
    // now Pulumi would delete it through the new connection, right after creating it there
    stack.write(example(TO_NORTH));
    assert.match(refuse(await stack.up("--continue-on-error")).text, /error\[MW0546\]/);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [OBJECTS.east, [TABLE]]);
    succeed(await stack.destroy());
    await setting.east.wipe();
  });

  it("by a kill before the state had an object is finished too", async () => {
    const stack = await applied(example());
    await stopHalfWay(setting, stack, example(TO_NORTH));
    // the object that the run would have created next; the state lacks it
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
    // removes the annotation that gave Pulumi the fields
    succeed(await stack.up());
    succeed(await stack.preview("--expect-no-changes"));
    assert.equal(((await setting.north.get(TABLE)).spec["http"] as unknown[]).length, 3);
    succeed(await stack.destroy());
    await setting.east.wipe();
  });

  it("by a cluster that is down leaves deletes, which run before the stack returns to that cluster", async () => {
    const stack = await applied(example());
    await setting.lab.stopCluster("east");
    try {
      stack.write(example(TO_NORTH));
      refuse(await stack.up());
    } finally {
      await setting.lab.startCluster("east");
    }
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    // recreated, without the previous objects
    await setting.east.wipe();
    stack.write(example());
    assert.match(succeed(await stack.preview()).text, /warning\[MW0553\]/);
    for (const flags of [[], ["--continue-on-error"]])
      assert.match(refuse(await stack.up(...flags)).text, /error\[MW0553\]: the stack still has to delete/);
    // no other cluster of the fleet may lead there either
    stack.write(example(TO_NORTH, THIRD_AT_EAST));
    assert.match(
      refuse(await stack.up("--continue-on-error")).text,
      /error\[MW0553\]: the stack still has to delete `Gateway gateways\/web`.* in cluster `third`/,
    );
    stack.write(example(TO_NORTH));
    succeed(await stack.up());
    stack.write(example());
    succeed(await stack.up());
    assert.deepEqual([await setting.north.objects(), await setting.east.objects()], [[], OBJECTS.east]);
    succeed(await stack.destroy());
  });
});
