/** A cluster that lacks one of Istio's CRDs gets the other objects, and the missing kind is named. */
import assert from "node:assert/strict";
import { example, inCluster, OBJECTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("a kind that a cluster lacks", function () {
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

  it("is named, and objects that don't depend on it are created", async () => {
    const { text } = refuse(await stack.up("--continue-on-error"));
    assert.match(text, /ServiceEntry/);
    assert.match(text, /no matches for kind|isn't installed/);
    // the VirtualService would refer to a missing object
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
