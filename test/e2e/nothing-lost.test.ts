/** A run deletes nothing that the program still declares: live objects are counted before and after what people do to programs, clusters and kubeconfigs. */
import assert from "node:assert/strict";
import { applied } from "./support/applied.js";
import { type Edit, example, OBJECTS, OTHER_WEIGHTS } from "./support/example.js";
import { BUILD_TIMEOUT, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { allUids, assertWhole } from "./support/live-objects.js";
import { refuse, type Stack, succeed } from "./support/stack.js";

const NAMED_EAST: Edit = ['name: "east"', 'name: "us-east"'];
const AT_EAST: Edit = ['cluster: "east"', 'cluster: "us-east"'];
/** The example with everything inside of a component, with these options for each of the four resources. */
function inComponent(options: string): string {
  const [imports = "", ...rest] = example().split("\n");
  const body = rest.join("\n").replaceAll(/^\}\);$/gm, `}, { parent: this${options} });`);
  return `${imports}
import * as pulumi from "@pulumi/pulumi";
class Site extends pulumi.ComponentResource {
  constructor() {
    super("example:index:Site", "site");
${body.replaceAll("export ", "")}
  }
}
new Site();`;
}

describe("nothing is lost when a cluster is renamed", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let kept: Record<string, string | undefined>[];

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack } = await applied(example()));
    kept = await allUids(setting);
  });

  it("without its former name: preview and run stop, also with --continue-on-error", async () => {
    stack.write(example(NAMED_EAST, AT_EAST));
    for (const run of [() => stack.preview(), () => stack.up(), () => stack.up("--continue-on-error")]) {
      const { text } = refuse(await run());
      assert.match(text, /error\[MW0543\]: `VirtualService gateways\/shop--web` of cluster `us-east`/);
      assert.match(text, /error\[MW0543\]: `Gateway gateways\/web`/);
      assert.match(text, /help: if the cluster was renamed, give `us-east` `formerNames: \["east"\]`/);
      assert.doesNotMatch(text, /serializing property|at .*\.[jt]s:\d+/);
    }
    assert.deepEqual(await allUids(setting), kept);
  });

  it("with its former name: the objects stay, and only their owner changes", async () => {
    stack.write(example(['name: "east"', 'name: "us-east", formerNames: ["east"], network: "east"'], AT_EAST));
    succeed(await stack.preview());
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), kept[0]);
    assert.equal((await setting.west.objects()).length, OBJECTS.west.length);
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("and the former name may go afterwards", async () => {
    stack.write(example(['name: "east"', 'name: "us-east", network: "east"'], AT_EAST));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.uids(), kept[0]);
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("a fleet too, whose clusters' providers get other names", async () => {
    stack.write(
      example(['name: "east"', 'name: "us-east", network: "east"'], AT_EAST, ['Fleet("prod"', 'Fleet("production"']),
    );
    succeed(await stack.up());
    assert.equal((await setting.east.objects()).length, OBJECTS.east.length);
    assert.equal((await setting.west.objects()).length, OBJECTS.west.length);
    assert.ok(await setting.east.has("Gateway istio-system/production--east-west"));
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("and each resource, whose objects are then others", async () => {
    const renamed: readonly Edit[] = [
      ['VirtualGateway("web"', 'VirtualGateway("edge"'],
      ['VirtualDestination("reviews"', 'VirtualDestination("opinions"'],
      ['RouteTable("shop"', 'RouteTable("store"'],
    ];
    // the fleet gets its name back as well
    stack.write(example(...renamed));
    succeed(await stack.up());
    const [east, west] = [await setting.east.objects(), await setting.west.objects()];
    assert.equal(east.length, OBJECTS.east.length);
    assert.equal(west.length, OBJECTS.west.length);
    assert.ok(east.includes("VirtualService gateways/store--edge"));
    // the host is no longer called as the resource, and so is part of the names
    assert.ok(east.some((id) => id.startsWith("ServiceEntry shop/opinions--")));
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});

describe("nothing is lost when resources move into a component", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let kept: Record<string, string | undefined>[];

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack } = await applied(example()));
    kept = await allUids(setting);
  });

  it("without aliases: preview and run stop", async () => {
    stack.write(inComponent(""));
    for (const run of [() => stack.preview(), () => stack.up("--continue-on-error")])
      assert.match(refuse(await run()).text, /error\[MW0543\].*\n.*\n.*found urn:.*RouteTable\$kubernetes/);
    assert.deepEqual(await allUids(setting), kept);
  });

  it("with aliases: the objects stay", async () => {
    stack.write(inComponent(", aliases: [{ parent: pulumi.rootStackResource }]"));
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), kept);
    stack.write(inComponent(""));
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("and out of it again", async () => {
    stack.write(example());
    refuse(await stack.up());
    assert.deepEqual(await allUids(setting), kept);
    const stackName = stack.reference.split("/");
    const site = `urn:pulumi:${stackName[2]}::${stackName[1]}::example:index:Site::site`;
    const aliased = example().replaceAll(/^\}\);$/gm, `}, { aliases: [{ parent: "${site}" }] });`);
    stack.write(aliased);
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), kept);
    stack.write(example());
    succeed(await stack.preview("--expect-no-changes"));
  });
});

describe("nothing is lost by flags", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let table: string;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack } = await applied(example()));
    table = (await stack.resources()).find((each) => each.endsWith("shop-east-VirtualService-shop--web")) ?? "";
  });

  it("--target updates the one object", async () => {
    stack.write(example(...OTHER_WEIGHTS));
    const { changes } = succeed(await stack.up("--target", table));
    assert.deepEqual(changes, ["update shop-east-VirtualService-shop--web"]);
    await assertWhole(setting);
  });

  it("--replace stops before anything is lost, or leaves an object in place", async () => {
    await stack.up("--replace", table);
    await assertWhole(setting);
    await stack.up("--replace", table, "--continue-on-error");
    await assertWhole(setting);
  });

  it("--refresh finds everything in place", async () => {
    succeed(await stack.up("--refresh"));
    await assertWhole(setting);
    succeed(await stack.preview("--expect-no-changes"));
  });
});
