/** Moves to another cluster: stopped half way they are finished by the next run, and taking them back loses nothing. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Edit, edit, example, OBJECTS } from "./support/example.js";
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

    /** Begins to move; the second cluster does not know tables. */
    const begin = async () => {
      const restore = await setting.north.removeKind("VirtualService");
      try {
        stack.write(second);
        refuse(await stack.up());
      } finally {
        await restore();
      }
      const moved = await setting.north.objects();
      assert.ok(moved.length > 0 && moved.length < OBJECTS.east.length, moved.join());
      assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    };

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
