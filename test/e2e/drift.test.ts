/**
 * Manual changes in a cluster: a refresh shows them, and the next `up` reverts them or names the conflicting manager.
 */
import assert from "node:assert/strict";
import { example, OBJECTS, OTHER_WEIGHTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("drift", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example(...OTHER_WEIGHTS) });
    succeed(await stack.up());
    // the stack's field manager owns fields from the first update on, and only then do previews check for conflicts
    stack.write(example());
    succeed(await stack.up());
  });

  after(async () => {
    succeed(await stack.destroy());
  });

  async function spec(): Promise<unknown> {
    return (await setting.west.get(TABLE)).spec;
  }

  it("from kubectl makes the preview fail and is repaired by the run", async () => {
    const before = await spec();
    await setting.west.patch(TABLE, { op: "replace", path: "/spec/http/0/route/0/weight", value: 55 });
    await setting.east.delete(TABLE);
    const { text } = refuse(await stack.preview("--refresh", "--diff"));
    assert.match(text, /weight *: 55 => 90/);
    assert.match(text, /conflict with "kubectl-patch"/);
    const { changes } = succeed(await stack.up("--refresh"));
    assert.deepEqual(changes, [
      "create shop-east-VirtualService-shop--web",
      "update shop-west-VirtualService-shop--web",
    ]);
    assert.deepEqual(await spec(), before);
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    succeed(await stack.preview("--refresh", "--expect-no-changes"));
  });

  it("from another tool that keeps its fields is a conflict, which names the tool", async () => {
    await setting.west.applyAs("their-tool", TABLE, { hosts: ["theirs.example.com"] });
    const { text } = refuse(await stack.up("--refresh"));
    assert.match(text, /conflict with "their-tool"/);
    assert.match(text, /\.spec\.hosts/);
  });

  it("is reverted for any manager by a run with the force option", async () => {
    const env = { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" };
    succeed(await stack.pulumi(["up", "--yes", "--refresh"], env));
    assert.deepEqual((await setting.west.get(TABLE)).spec["hosts"], ["shop.example.com"]);
    // the SDK writes the variable into the providers' inputs, so the next run removes it
    succeed(await stack.up());
    succeed(await stack.preview("--refresh", "--expect-no-changes"));
  });
});
