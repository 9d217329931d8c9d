/**
 * Objects that the state has under another URN or in another place stay: after failed updates, restored states and
 * killed runs.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Edit, edit, example, OBJECTS, TABLE } from "./support/example.js";
import { type FaultyWay, faultyWay } from "./support/faulty-way.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

/** West has no route to the frontend of east alone, so a new name of east changes none of its objects. */
const ALIKE: Edit = [
  'destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 }]',
  "destinations: [{ virtualDestination: reviews }]",
];
const named = (name: string, ...formerNames: readonly string[]): Edit => [
  'name: "east"',
  `name: "${name}", network: "east", formerNames: ${JSON.stringify(formerNames)}`,
];
const IN_SHOP: Edit = ['hosts: ["shop.example.com"],', 'hosts: ["shop.example.com"], namespace: "shop",'];
const MOVED = "VirtualService shop/shop--web";

/** Adds to the fleet's `adopt` the entries that a run's findings suggest. */
function asProposed(program: string, text: string): string {
  const proposed = [...text.matchAll(/`adopt: \[(\{.*?\})\]`/g)].map(([, entry]) => entry);
  assert.notEqual(proposed.length, 0, text);
  const fleet = 'new meshway.Fleet("prod", {';
  return edit(program, [fleet, `${fleet}\n  adopt: [${[...new Set(proposed)].join(", ")}],`]);
}

describe("nothing is lost where the state has objects", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let way: FaultyWay;
  let stack: Stack;
  let kept: Record<string, string | undefined>;

  const program = (...edits: readonly Edit[]) =>
    example(['context: "east"', `kubeconfig: ${JSON.stringify(way.kubeconfig)}`], ...edits);
  const renamed = (...edits: readonly Edit[]) => program(ALIKE, ...edits);

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    way = await faultyWay(setting, "east");
    stack = await newStack({ lab: setting.lab, program: renamed(named("east")) });
    succeed(await stack.up());
    kept = await setting.east.uids();
  });

  after(() => way.close());

  /** Asserts that the next run is refused, and that the suggestions of its findings keep all objects. */
  async function keptAsProposed(text: string): Promise<void> {
    stack.write(text);
    const run = refuse(await stack.up("--continue-on-error"));
    assert.match(run.text, /error\[MW0543\]: `Gateway gateways\/web` of cluster/);
    assert.deepEqual(await setting.east.uids(), kept);
    stack.write(asProposed(text, run.text));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), kept);
  }

  it("under the new name of a cluster, because the updates of the rename failed and it was reverted", async () => {
    way.fail((method, url) => (method === "PATCH" && !url.includes("dryRun") ? 403 : "pass"));
    stack.write(renamed(named("us-east", "east")));
    refuse(await stack.up("--continue-on-error"));
    way.mend();
    await keptAsProposed(renamed(named("east")));
    stack.write(renamed(named("east")));
    succeed(await stack.up());
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("under the former name of a cluster, because an older state was restored", async () => {
    const file = path.join(setting.lab.folder, "older-state.json");
    writeFileSync(file, await stack.exportState());
    stack.write(renamed(named("us-east", "east")));
    succeed(await stack.up());
    succeed(await stack.pulumi(["stack", "import", "--file", file]));
    await keptAsProposed(renamed(named("us-east")));
  });

  it("in another namespace, after a run was killed before the state had the new one", async () => {
    const { poll } = await import("../lab/processes/poll.js");
    stack.write(renamed(named("us-east"), IN_SHOP));
    way.fail((method, url) =>
      method === "POST" && !url.includes("dryRun") && url.includes("shop/virtualservices") ? "swallow" : "pass",
    );
    const run = stack.startUp();
    const isMade = await poll(async () => way.swallowed() > 0, { timeoutMs: 120_000, everyMs: 20 });
    run.kill();
    assert.ok(isMade, (await run.answer).text);
    way.mend();
    const { uid } = (await setting.east.get(MOVED)).metadata;
    succeed(await stack.pulumi(["cancel", "--yes"]));
    assert.match(succeed(await stack.up()).text, /`VirtualService shop\/shop--web` of cluster `us-east` is taken over/);
    assert.equal((await setting.east.get(MOVED)).metadata.uid, uid);
    assert.equal(await setting.east.has(TABLE), false);
  });

  it("in another namespace, while the delete of the former one fails", async () => {
    way.fail((method, url) => (method === "DELETE" && url.includes("/shop/virtualservices") ? 403 : "pass"));
    stack.write(renamed(named("us-east")));
    refuse(await stack.up());
    way.mend();
    await setting.east.delete(MOVED);
    stack.write(renamed(named("us-east"), IN_SHOP));
    for (const flags of [[], ["--continue-on-error"]])
      assert.match(refuse(await stack.up(...flags)).text, /error\[MW0553\]: the stack still has to delete `VirtualS/);
    assert.ok(await setting.east.has(TABLE));
    stack.write(renamed(named("us-east")));
    succeed(await stack.up());
    stack.write(renamed(named("us-east"), IN_SHOP));
    succeed(await stack.up());
    assert.ok(await setting.east.has(MOVED));
    assert.equal((await setting.east.objects()).length, OBJECTS.east.length);
    succeed(await stack.destroy());
  });
});
