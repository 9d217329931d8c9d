/** A run that is killed in the middle loses nothing: `pulumi cancel`, then `pulumi up`. */
import assert from "node:assert/strict";
import { example, OBJECTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

// the table waits for a value that never comes, so that the kill can't come too late
const ENDLESS = `import * as pulumi from "@pulumi/pulumi";
setInterval(() => undefined, 1000);
${example(['hosts: ["shop.example.com"]', "hosts: [pulumi.output(new Promise(() => undefined))]"])}`;
const FIRST = "Gateway istio-system/prod--east-west";

describe("a run that is killed", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: ENDLESS });
  });

  it("leaves some objects and a lock, which the next run says", async () => {
    const { poll } = await import("../lab/processes/poll.js");
    const { east, west } = setting;
    const run = stack.startUp("--parallel=1");
    const isThere = async () => (await east.has(FIRST)) || (await west.has(FIRST));
    const hasBegun = await poll(isThere, { timeoutMs: 120_000, everyMs: 10 });
    run.kill();
    const { text } = await run.answer;
    assert.ok(hasBegun, text);
    stack.write(example());
    assert.match(refuse(await stack.up()).text, /locked.*pulumi cancel/s);
  });

  it("is completed after `pulumi cancel` by the next `pulumi up`, with no object twice", async () => {
    succeed(await stack.pulumi(["cancel", "--yes"]));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    assert.deepEqual(await setting.west.objects(), OBJECTS.west);
    assert.equal((await stack.applied()).length, OBJECTS.east.length + OBJECTS.west.length);
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("leaves nothing behind that `pulumi destroy` would not find", async () => {
    succeed(await stack.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
