/** An object of the same name with another owner is left alone, and its owner is named. */
import assert from "node:assert/strict";
import { example, inCluster, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

const THEIRS = { hosts: ["theirs.example.com"], http: [{ route: [{ destination: { host: "theirs" } }] }] };

describe("an object with another owner", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
    await setting.east.applyAs("their-tool", TABLE, THEIRS);
  });

  after(async () => {
    succeed(await stack.destroy());
  });

  it("stays unchanged; the error names it, and its resource creates nothing in any cluster", async () => {
    const { text } = refuse(await stack.up("--continue-on-error"));
    assert.match(text, /error\[MW0542\]: `VirtualService gateways\/shop--web` already exists in cluster `east`/);
    assert.deepEqual((await setting.east.get(TABLE)).spec, THEIRS);
    const ofTable = (id: string) => / gateways\/shop--/.test(id);
    const [east, west] = [OBJECTS.east, OBJECTS.west].map((ids) => ids.filter((id) => !ofTable(id)));
    assert.deepEqual(
      await stack.applied(),
      [...inCluster("east", east ?? []), ...inCluster("west", west ?? [])].sort(),
    );
  });

  it("becomes ours once its owner has deleted it", async () => {
    await setting.east.delete(TABLE);
    const { changes } = succeed(await stack.up());
    assert.ok(changes.includes("create shop-east-VirtualService-shop--web"));
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [OBJECTS.east, OBJECTS.west]);
    succeed(await stack.preview("--expect-no-changes"));
  });
});
