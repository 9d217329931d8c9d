/** A run deletes nothing that the program still declares: live objects are counted before and after what people do to programs, clusters and kubeconfigs. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { applied } from "./support/applied.js";
import { type Edit, edit, example, OBJECTS, OTHER_WEIGHTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

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

/** The uids of both clusters' objects. */
async function allUids({ east, west }: Setting): Promise<Record<string, string | undefined>[]> {
  return [await east.uids(), await west.uids()];
}

async function assertWhole({ east, west }: Setting): Promise<void> {
  assert.deepEqual([await east.objects(), await west.objects()], [OBJECTS.east, OBJECTS.west]);
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

describe("nothing is lost when a kubeconfig changes", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;

  /** The example, with the kubeconfig of east as text, in which the entry of the cluster has more keys. */
  const withText = (keys: string, more = ""): string => {
    const file = setting.lab.clusters.find(({ name }) => name === "east")?.kubeconfig ?? "";
    const text = readFileSync(file, "utf8").replace(
      /^( *)server: .*$/m,
      (line, indent) => `${line}${keys && `\n${indent}${keys}`}`,
    );
    return example(['context: "east"', `kubeconfig: ${JSON.stringify(text)}${more}`]);
  };

  // each test has a stack of its own
  beforeEach(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
  });

  it("as text, without an identifier: the run stops once, the next one keeps the objects", async () => {
    const stack = await newStack({ lab: setting.lab, program: withText("") });
    succeed(await stack.up());
    const before = await allUids(setting);
    stack.write(withText("disable-compression: true"));
    assert.match(
      succeed(await stack.preview()).text,
      /warning\[MW0545\]: the connection settings of cluster `east` changed/,
    );
    const { text } = refuse(await stack.up("--continue-on-error"));
    assert.match(text, /error\[MW0544\]: `VirtualService gateways\/shop--web` is in cluster `east`/);
    assert.match(text, /run `pulumi up` again/);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    // with an identifier that is there before the change, no run stops
    stack.write(withText("disable-compression: true", ', clusterIdentifier: "the-east"'));
    succeed(await stack.up());
    stack.write(withText("", ', clusterIdentifier: "the-east"'));
    succeed(await stack.preview());
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
  });

  it("from a context to a provider of one's own, and back", async () => {
    const stack = await newStack({ lab: setting.lab, program: example() });
    succeed(await stack.up());
    const before = await allUids(setting);
    const file = setting.lab.clusters.find(({ name }) => name === "east")?.kubeconfig ?? "";
    const own = edit(example(['context: "east"', "provider: east"]), [
      "// Two clusters",
      `import * as k8s from "@pulumi/kubernetes";\nconst east = new k8s.Provider("own", { kubeconfig: ${JSON.stringify(file)} });\n// Two clusters`,
    ]);
    stack.write(own.replace("kubeconfig:", "upsertExistingObjects: true, kubeconfig:"));
    for (const run of [() => stack.preview(), () => stack.up("--continue-on-error")])
      assert.match(
        refuse(await run()).text,
        /error\[MW0540\]: the provider of cluster `east` has `upsertExistingObjects`/,
      );
    assert.deepEqual(await allUids(setting), before);
    stack.write(own);
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    stack.write(example());
    succeed(await stack.up());
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.destroy());
  });

  it("so that it leads to another cluster: the objects are made there", async () => {
    const stack = await newStack({ lab: setting.lab, program: example() });
    succeed(await stack.up());
    const { north, west } = setting;
    const before = await west.uids();
    stack.write(example(['context: "east"', 'context: "north"']));
    succeed(await stack.up());
    assert.deepEqual(await north.objects(), OBJECTS.east);
    assert.deepEqual(await west.uids(), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
    assert.deepEqual(await north.objects(), []);
  });

  it("so that it leads to another cluster under the same identifier: the run stops, and a refresh makes the objects there", async () => {
    const [east, north] = ["east", "north"].map((name) =>
      readFileSync(setting.lab.clusters.find((each) => each.name === name)?.kubeconfig ?? "", "utf8"),
    );
    const program = (kubeconfig = "") =>
      example(['context: "east"', `kubeconfig: ${JSON.stringify(kubeconfig)}, clusterIdentifier: "one"`]);
    const stack = await newStack({ lab: setting.lab, program: program(east) });
    succeed(await stack.up());
    const before = await allUids(setting);
    stack.write(program(north));
    assert.match(
      succeed(await stack.preview()).text,
      /warning\[MW0546\]: the connection settings of cluster `east` changed.* lacks `/,
    );
    assert.match(refuse(await stack.up()).text, /error\[MW0546\].*\n.*\n.*`pulumi refresh` and then `pulumi up`/);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.preview("--expect-no-changes"));
    succeed(await stack.destroy());
    await setting.east.wipe();
  });

  it("as a path, in which the file is edited: nothing changes; where it leads to another cluster, a refresh makes the objects there", async () => {
    const [east, north] = ["east", "north"].map((name) =>
      readFileSync(setting.lab.clusters.find((each) => each.name === name)?.kubeconfig ?? "", "utf8"),
    );
    const file = path.join(setting.lab.folder, "edited.yaml");
    writeFileSync(file, east ?? "", { mode: 0o600 });
    const stack = await newStack({
      lab: setting.lab,
      program: example(['context: "east"', `kubeconfig: ${JSON.stringify(file)}`]),
    });
    succeed(await stack.up());
    const before = await allUids(setting);
    writeFileSync(file, (east ?? "").replace(/^( *)server: .*$/m, "$&\n$1disable-compression: true"), { mode: 0o600 });
    succeed(await stack.preview("--expect-no-changes"));
    assert.deepEqual(await allUids(setting), before);
    // Pulumi has only the path, and so takes this for the cluster of before
    writeFileSync(file, north ?? "", { mode: 0o600 });
    assert.match(refuse(await stack.up("--continue-on-error")).text, /error\[MW0546\]/);
    assert.deepEqual(await setting.north.objects(), []);
    succeed(await stack.refresh());
    succeed(await stack.up());
    assert.deepEqual(await setting.north.objects(), OBJECTS.east);
    assert.deepEqual(await allUids(setting), before);
    succeed(await stack.destroy());
    await setting.east.wipe();
  });
});

describe("nothing is lost when clusters come and go", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  const NORTH: Edit = [
    'name: "west",',
    'name: "north", context: "north", eastWestGateway: { addresses: ["203.0.113.30"] } },\n    { name: "west",',
  ];

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack } = await applied(example()));
  });

  it("one that was emptied is filled again by a refresh", async () => {
    await setting.east.wipe();
    succeed(await stack.up("--refresh"));
    await assertWhole(setting);
  });

  it("a third one is added", async () => {
    const before = await allUids(setting);
    stack.write(example(NORTH));
    succeed(await stack.up());
    assert.ok((await setting.north.objects()).length >= OBJECTS.east.length);
    const after = await allUids(setting);
    for (const [index, cluster] of before.entries())
      for (const [id, uid] of Object.entries(cluster)) assert.equal(after[index]?.[id], uid, id);
  });

  it("it is removed while it can't be reached: the others stay whole", async () => {
    await setting.lab.stopCluster("north");
    try {
      stack.write(example());
      refuse(await stack.up("--continue-on-error"));
      await assertWhole(setting);
    } finally {
      await setting.lab.startCluster("north");
    }
    succeed(await stack.up());
    await assertWhole(setting);
    assert.deepEqual(await setting.north.objects(), []);
    succeed(await stack.destroy());
  });
});

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
