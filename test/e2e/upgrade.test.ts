/** A stack of an earlier Meshway: its providers upsert, and its objects have no owner. */
import assert from "node:assert/strict";
import type { Cluster } from "./support/cluster.js";
import { example, OBJECTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Stack, succeed } from "./support/stack.js";

const OWNER = ["meshway.io/stack", "meshway.io/urn"];

interface Made {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

async function objectsOf(cluster: Cluster): Promise<readonly Made[]> {
  return Promise.all((await cluster.objects()).map((id) => cluster.get(id)));
}

/** Returns a program that declares these objects as Meshway 0.1.0 did, under the same URNs. */
function asBefore(clusters: Readonly<Record<string, readonly Made[]>>): string {
  const objects = Object.entries(clusters).flatMap(([cluster, each]) =>
    each.map(({ apiVersion, kind, metadata: { name, namespace, labels = {}, annotations = {} }, spec }) => {
      const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => !OWNER.includes(key)));
      return { cluster, object: { apiVersion, kind, metadata: { name, namespace, labels, annotations: kept }, spec } };
    }),
  );
  return `import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
const parts = new Map<string, pulumi.ComponentResource>();
const part = (kind: string, name: string) => {
  const key = kind + name;
  const known = parts.get(key) ?? new pulumi.ComponentResource("meshway:index:" + kind, name);
  parts.set(key, known);
  return known;
};
const parent = part("Fleet", "prod");
const providers = Object.fromEntries(["east", "west"].map((context) => [
  context,
  new k8s.Provider(
    "prod-" + context,
    { context, enableServerSideApply: true, upsertExistingObjects: true },
    { parent },
  ),
]));
for (const { cluster, object } of ${JSON.stringify(objects)} as any[]) {
  const { kind, metadata: { name, labels } } = object;
  const maker = part(labels["meshway.io/kind"], labels["meshway.io/name"]);
  const child = [labels["meshway.io/name"], cluster, kind, name].join("-");
  new k8s.apiextensions.CustomResource(child, object, { parent: maker, provider: providers[cluster] });
}`;
}

describe("a stack of an earlier Meshway", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let made: readonly Made[][];

  const all = async () => [[...(await objectsOf(setting.east))], [...(await objectsOf(setting.west))]];
  const uids = (objects: readonly Made[][]) => objects.map((each) => each.map(({ metadata }) => metadata.uid));

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
    succeed(await stack.up());
    const [east = [], west = []] = await all();
    succeed(await stack.destroy());
    stack.write(asBefore({ east, west }));
    succeed(await stack.up());
    made = await all();
    assert.ok(made.flat().every(({ metadata }) => OWNER.every((key) => metadata.annotations?.[key] === undefined)));
  });

  it("is updated in place: each object stays and names its owner", async () => {
    stack.write(example());
    // reading the stack's state creates Pulumi's default provider
    const changes = succeed(await stack.up()).changes.filter((change) => change !== "create default");
    assert.deepEqual(
      changes.filter((change) => !change.startsWith("update ")),
      [],
    );
    assert.equal(changes.length, OBJECTS.east.length + OBJECTS.west.length + 2);
    const after = await all();
    assert.deepEqual(uids(after), uids(made));
    assert.ok(after.flat().every(({ metadata }) => OWNER.every((key) => metadata.annotations?.[key] !== undefined)));
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("and is removed as a whole", async () => {
    succeed(await stack.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
