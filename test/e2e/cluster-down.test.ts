/** A cluster that is down delays no other cluster, and catches up once it is back. */
import assert from "node:assert/strict";
import { example, inCluster, OBJECTS, OTHER_WEIGHTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("a cluster that is down", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let isDown = false;

  async function stop(): Promise<void> {
    await setting.lab.stopCluster("west");
    isDown = true;
  }

  async function restart(): Promise<void> {
    await setting.lab.startCluster("west");
    isDown = false;
  }

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
  });

  after(async () => {
    if (isDown) await restart();
    succeed(await stack.destroy());
  });

  it("is named by its server, while all objects of the other clusters are created and recorded", async () => {
    succeed(await stack.preview());
    await stop();
    const { text } = refuse(await stack.up("--continue-on-error"));
    const server = setting.lab.clusters.find(({ name }) => name === "west")?.server ?? "no server";
    assert.ok(text.includes(server), text);
    assert.doesNotMatch(text, /TypeError|node_modules/);
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    assert.deepEqual(await stack.applied(), inCluster("east", OBJECTS.east));
  });

  it("gets its objects from the next run once it is back", async () => {
    await restart();
    const { changes } = succeed(await stack.up());
    assert.deepEqual(
      changes.filter((change) => !change.startsWith("create ")),
      [],
    );
    assert.deepEqual(await setting.west.objects(), OBJECTS.west);
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("does not keep a change from the other clusters", async () => {
    await stop();
    stack.write(example(...OTHER_WEIGHTS));
    refuse(await stack.up("--continue-on-error"));
    await restart();
    assert.deepEqual(succeed(await stack.up()).changes, ["update shop-west-VirtualService-shop--web"]);
    succeed(await stack.preview("--expect-no-changes"));
  });
});
