/** The example from the first `up` to `destroy`, on real API servers. */
import assert from "node:assert/strict";
import { edit, example, OBJECTS, OTHER_WEIGHTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Stack, succeed } from "./support/stack.js";

const WEIGHTS = { "spec.http[0].route[0].weight": "update", "spec.http[0].route[1].weight": "update" };
const TABLE_UPDATES = ["update shop-east-VirtualService-shop--web", "update shop-west-VirtualService-shop--web"];
const NORTH = `
    {
      name: "north",
      context: "north",
      locality: { region: "eu-north-1" },
      eastWestGateway: { addresses: ["203.0.113.30"] },
    },`;

/** Returns the program with its first two routes swapped. */
function reordered(program: string): string {
  const start = program.indexOf('    {\n      name: "reviews",');
  const middle = program.indexOf('    {\n      name: "health",');
  const end = program.indexOf('    {\n      name: "rest",');
  assert.ok(0 < start && start < middle && middle < end);
  return program.slice(0, start) + program.slice(middle, end) + program.slice(start, middle) + program.slice(end);
}

describe("the example's life", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  const changed = example(...OTHER_WEIGHTS);
  const three = edit(reordered(changed), ["clusters: [", `clusters: [${NORTH}`]);

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
  });

  async function objects() {
    const { east, west, north } = setting;
    return { east: await east.objects(), west: await west.objects(), north: await north.objects() };
  }

  async function uids(): Promise<string[]> {
    const { east, west } = setting;
    const of = (cluster: typeof east, ids: readonly string[]) =>
      Promise.all(ids.map(async (id) => `${id} ${(await cluster.get(id)).metadata.uid}`));
    return (await Promise.all([of(east, OBJECTS.east), of(west, OBJECTS.west)])).flat();
  }

  it("creates exactly these objects", async () => {
    succeed(await stack.up());
    assert.deepEqual(await objects(), { ...OBJECTS, north: [] });
  });

  it("changes nothing the second time", async () => {
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("shows a changed weight as a changed weight, and nothing else", async () => {
    stack.write(changed);
    const { changes, resources } = succeed(await stack.preview());
    assert.deepEqual(changes, TABLE_UPDATES);
    const diffs = resources.filter(({ at, op }) => at === "start" && op === "update").map(({ diff }) => diff);
    assert.deepEqual(diffs, [WEIGHTS, WEIGHTS]);
  });

  it("applies the weight in both clusters", async () => {
    assert.deepEqual(succeed(await stack.up()).changes, TABLE_UPDATES);
    for (const cluster of [setting.east, setting.west]) {
      const { spec } = await cluster.get(TABLE);
      const [first] = spec["http"] as readonly { readonly route: readonly { readonly weight: number }[] }[];
      assert.deepEqual(
        first?.route.map(({ weight }) => weight),
        [80, 20],
      );
    }
  });

  it("renames and replaces nothing when routes are reordered and a cluster joins", async () => {
    const before = await uids();
    stack.write(reordered(changed));
    assert.deepEqual(succeed(await stack.preview()).changes, TABLE_UPDATES);
    stack.write(three);
    const { changes } = succeed(await stack.up());
    assert.deepEqual(
      changes.filter((change) => !/^(create|update) /.test(change)),
      [],
    );
    const created = changes.filter((change) => change.startsWith("create "));
    assert.deepEqual(
      created.filter((change) => !change.includes("-north")),
      [],
    );
    assert.deepEqual(await uids(), before);
    assert.deepEqual(await objects(), { ...OBJECTS, north: OBJECTS.west });
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("removes a cluster's objects with the cluster", async () => {
    stack.write(changed);
    const { changes } = succeed(await stack.up());
    const removed = changes.filter((change) => !change.startsWith("update "));
    assert.deepEqual(
      removed.filter((change) => !/^delete .*-north/.test(change)),
      [],
    );
    assert.deepEqual(await objects(), { ...OBJECTS, north: [] });
  });

  it("leaves nothing when destroyed", async () => {
    succeed(await stack.destroy());
    assert.deepEqual(await objects(), { east: [], west: [], north: [] });
    assert.deepEqual(await stack.applied(), []);
  });
});
