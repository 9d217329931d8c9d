/** What is removed from the program is removed from the clusters, in an order in which no request loses its destination. */
import assert from "node:assert/strict";
import type { ResourceEvent } from "./support/events.js";
import { example, OBJECTS, without } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Stack, succeed } from "./support/stack.js";

describe("deletion", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
    succeed(await stack.up());
  });

  /** Asserts that a cluster's VirtualServices were gone before the deletion of anything that they name began. */
  function assertOrder(resources: readonly ResourceEvent[], cluster: string): void {
    const deletions = resources
      .map((event, index) => ({ ...event, index }))
      .filter(({ op, name }) => op === "delete" && name.includes(`-${cluster}-`));
    const done = deletions.filter(({ at, kind }) => at === "done" && kind === "VirtualService");
    const started = deletions.filter(({ at, kind }) => at === "start" && kind !== "VirtualService");
    assert.notEqual(done.length, 0);
    const first = Math.min(...started.map(({ index }) => index));
    assert.deepEqual(
      done.filter(({ index }) => index > first),
      [],
    );
  }

  it("of a route table removes exactly its objects", async () => {
    stack.write(without(example(), "Owned by the app team"));
    const { changes, resources } = succeed(await stack.up());
    assert.deepEqual(changes, [
      "delete shop",
      "delete shop-east-VirtualService-shop--web",
      "delete shop-west-DestinationRule-shop--frontend--shop--east--8080",
      "delete shop-west-ServiceEntry-shop--frontend--shop--east--8080--remote",
      "delete shop-west-VirtualService-shop--web",
    ]);
    assertOrder(resources, "west");
    const kept = OBJECTS.east.filter((id) => !id.includes("shop--"));
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [kept, kept]);
  });

  it("of everything begins with what directs requests", async () => {
    stack.write(example());
    succeed(await stack.up());
    const { resources } = succeed(await stack.destroy());
    assertOrder(resources, "east");
    assertOrder(resources, "west");
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
