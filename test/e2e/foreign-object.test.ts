/** An object of the same name that somebody else owns is left alone, and its owner named. */
import assert from "node:assert/strict";
import { example, inCluster, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

const THEIRS = { hosts: ["theirs.example.com"], http: [{ route: [{ destination: { host: "theirs" } }] }] };

describe("an object of somebody else", function () {
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

  it("stays as it is; the error names the manager and the fields", async () => {
    const { text } = refuse(await stack.up("--continue-on-error"));
    assert.match(text, /conflict/i);
    assert.match(text, /"their-tool"/);
    assert.match(text, /\.spec\.hosts/);
    assert.match(text, /\.spec\.http/);
    assert.deepEqual((await setting.east.get(TABLE)).spec, THEIRS);
    const east = OBJECTS.east.filter((id) => id !== TABLE);
    assert.deepEqual(await stack.applied(), [...inCluster("east", east), ...inCluster("west", OBJECTS.west)].sort());
  });

  it("is ours once they have deleted it", async () => {
    await setting.east.delete(TABLE);
    assert.deepEqual(succeed(await stack.up()).changes, ["create shop-east-VirtualService-shop--web"]);
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    succeed(await stack.preview("--expect-no-changes"));
  });
});
