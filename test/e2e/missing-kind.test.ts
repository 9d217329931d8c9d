/** A cluster without one of Istio's definitions gets the rest, and says which one it lacks. */
import assert from "node:assert/strict";
import { example, inCluster, OBJECTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("a kind that a cluster does not have", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let bringBack: (() => Promise<void>) | undefined;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
    bringBack = await setting.west.removeKind("ServiceEntry");
  });

  after(async () => {
    await bringBack?.();
    succeed(await stack.destroy());
  });

  it("is named, and what does not depend on it is made", async () => {
    const { text } = refuse(await stack.up("--continue-on-error"));
    assert.match(text, /ServiceEntry/);
    assert.match(text, /no matches for kind|isn't installed/);
    // the VirtualService would name what is not there
    const west = OBJECTS.west.filter((id) => !/^(ServiceEntry|VirtualService) /.test(id));
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    assert.deepEqual(await setting.west.objects(), west);
    assert.deepEqual(await stack.applied(), [...inCluster("east", OBJECTS.east), ...inCluster("west", west)].sort());
  });

  it("is all that the next run needs", async () => {
    await bringBack?.();
    bringBack = undefined;
    succeed(await stack.up());
    assert.deepEqual(await setting.west.objects(), OBJECTS.west);
    succeed(await stack.preview("--expect-no-changes"));
  });
});
