/** A run deletes or takes over nothing that belongs to another stack, or to somebody else. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { applied } from "./support/applied.js";
import { type Edit, example, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { allUids, assertWhole } from "./support/live-objects.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

describe("nothing is lost to another stack", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let first: Stack;
  let second: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack: first } = await applied(example()));
    second = await newStack({ lab: setting.lab, program: example() });
  });

  it("that declares the same: its preview and run stop, and name the first stack", async () => {
    const before = await allUids(setting);
    for (const run of [() => second.preview(), () => second.up(), () => second.up("--continue-on-error")]) {
      const { text } = refuse(await run());
      assert.ok(
        text.includes(
          `error[MW0541]: \`VirtualService gateways/shop--web\` of cluster \`east\` belongs to stack \`${first.reference}\``,
        ),
        text,
      );
    }
    assert.deepEqual(await allUids(setting), before);
    succeed(await second.destroy());
    assert.deepEqual(await allUids(setting), before);
  });

  it("of the same name in another backend", async () => {
    const before = await allUids(setting);
    const backend = path.join(setting.lab.folder, "another-backend");
    mkdirSync(backend);
    const env = { PULUMI_BACKEND_URL: `file://${backend}` };
    succeed(await first.pulumi(["stack", "init", "dev"], env));
    const { text } = refuse(await first.pulumi(["up", "--yes", "--skip-preview", "--continue-on-error"], env));
    assert.match(
      text,
      /error\[MW0554\]: `VirtualService gateways\/shop--web` of cluster `east` belongs to another stack named/,
    );
    succeed(await first.pulumi(["destroy", "--yes", "--skip-preview"], env));
    assert.deepEqual(await allUids(setting), before);
  });

  it("that has the name which this one had before it was renamed", async () => {
    const before = await allUids(setting);
    succeed(await first.pulumi(["stack", "rename", "prod"]));
    succeed(await first.pulumi(["stack", "init", "dev"]));
    assert.match(refuse(await first.up("--continue-on-error")).text, /error\[MW0554\]/);
    succeed(await first.destroy());
    assert.deepEqual(await allUids(setting), before);
    succeed(await first.pulumi(["stack", "rm", "dev", "--yes"]));
    succeed(await first.pulumi(["stack", "select", "prod"]));
    succeed(await first.preview());
    succeed(await first.pulumi(["stack", "rename", "dev"]));
  });

  it("unless that has given the objects up and this one lists them under `adopt`", async () => {
    const before = await allUids(setting);
    const adopt = [...OBJECTS.east.map((id) => [id, "east"]), ...OBJECTS.west.map((id) => [id, "west"])].map(
      ([id = "", cluster]) => {
        const [, kind, namespace, name] = /^(\w+) (.*)\/(.*)$/.exec(id) ?? [];
        return { kind, namespace, name, cluster };
      },
    );
    const adopting = (more: object) => {
      const list = adopt.map((each) => ({ ...each, ...more }));
      second.write(
        example(['new meshway.Fleet("prod", {', `new meshway.Fleet("prod", {\n  adopt: ${JSON.stringify(list)},`]),
      );
    };
    // not without the name of that stack, and not while its state still has them: its next run would delete them
    for (const more of [{}, { fromStack: "organization/other/dev" }]) {
      adopting(more);
      const { text } = refuse(await second.up("--continue-on-error"));
      assert.match(text, /error\[MW0541\]: `VirtualService gateways\/shop--web` of cluster `east` belongs to stack/);
      assert.ok(text.includes(`name: "shop--web", cluster: "east", fromStack: "${first.reference}" }`), text);
    }
    adopting({ fromStack: first.reference });
    for (const run of [() => second.preview(), () => second.up("--continue-on-error")]) {
      const { text } = refuse(await run());
      assert.match(
        text,
        /error\[MW0560\]: stack `.*` still has `Gateway gateways\/web` of cluster `east` in its state/,
      );
      assert.match(text, /`pulumi state delete 'urn:[^']*\$[^']*' --stack organization\/\S+ --yes`/);
    }
    assert.deepEqual(await allUids(setting), before);
    const objects = (await first.resources()).filter((urn) => urn.includes("kubernetes:networking"));
    for (const urn of objects.reverse()) succeed(await first.pulumi(["state", "delete", urn, "--yes"]));
    assert.doesNotMatch(succeed(await second.up()).text, /MW0547/);
    assert.deepEqual(await allUids(setting), before);
    // what a stack gives up is no longer its to delete
    succeed(await first.destroy());
    assert.deepEqual(await allUids(setting), before);
    succeed(await second.preview("--expect-no-changes"));
    succeed(await second.destroy());
  });
});

describe("what is in a cluster already", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  const route = { hosts: ["shop.example.com"], http: [{ directResponse: { status: 418 } }] };
  const ADOPT: Edit = [
    'new meshway.Fleet("prod", {',
    'new meshway.Fleet("prod", {\n  adopt: [{ kind: "VirtualService", namespace: "gateways", name: "shop--web", cluster: "east" }, { kind: "Gateway", namespace: "gateways", name: "wbe" }],',
  ];

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    await setting.east.applyAs("kubectl", TABLE, route);
    stack = await newStack({ lab: setting.lab, program: example() });
  });

  it("and says nothing of an owner stops the run, which says how to take it over", async () => {
    for (const run of [() => stack.preview(), () => stack.up()]) {
      const { text } = refuse(await run());
      assert.match(text, /error\[MW0542\]: `VirtualService gateways\/shop--web` already exists in cluster `east`/);
      assert.match(
        text,
        /adopt: \[\{ kind: "VirtualService", namespace: "gateways", name: "shop--web", cluster: "east" \}\]/,
      );
    }
    assert.deepEqual((await setting.east.get(TABLE)).spec["http"], route.http);
  });

  it("is taken over where the fleet lists it, and is updated in the same run", async () => {
    const { uid } = (await setting.east.get(TABLE)).metadata;
    stack.write(example(ADOPT));
    const { text: previewed } = succeed(await stack.preview());
    assert.match(previewed, /MW0567\]: no resource of this program has `Gateway gateways\/wbe`[\s\S]*adopt\[1\]/);
    assert.doesNotMatch(previewed, /MW0567.*shop--web/);
    assert.match(succeed(await stack.up()).text, /is taken over: the fleet lists it under `adopt`/);
    await assertWhole(setting);
    const table = await setting.east.get(TABLE);
    assert.equal(table.metadata.uid, uid);
    assert.equal((table.spec["http"] as unknown[]).length, 3);
    succeed(await stack.preview("--expect-no-changes"));
    // the list goes, and with it the annotation by which others' fields were taken over
    stack.write(example());
    succeed(await stack.up());
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
