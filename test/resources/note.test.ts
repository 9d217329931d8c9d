/** Notes that save a preview from reading the stack's state; used only if nothing has changed since. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import { type Way, wayAnnotation, wayOf } from "../../sdk/nodejs/src/kube/way.js";
import type { Claim } from "../../sdk/nodejs/src/resources/claim.js";
import { notedWays, noteOf } from "../../sdk/nodejs/src/resources/note.js";
import { startMocks } from "./mocks.js";

const WAY: Way = { provider: "urn:pulumi:dev::shop::pulumi:providers:kubernetes::prod-east", id: "1", entry: "abc" };
const OBJECT: KubeObject = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "shop--web", namespace: "gateways", labels: {} },
  spec: { hosts: ["shop.example.com"] },
};

interface Options {
  readonly object?: KubeObject;
  readonly childName?: string;
  readonly isListed?: boolean;
  readonly way?: Way;
}

/** A resource that has not registered its outputs in this run yet. */
class Unfinished extends pulumi.ComponentResource {
  protected override registerOutputs(): void {}
}

/** A claim of a resource, with the fields that notes read. */
function claimOf({ object = OBJECT, childName = "shop-east", isListed = false, way = WAY }: Options = {}): Claim {
  const resource = new Unfinished("meshway:index:RouteTable", "shop");
  return { resource, object, childName, isListed, connection: { way: async () => way } } as unknown as Claim;
}

/** Returns the result of a preview that reads a note. */
async function found(note: unknown, options?: Options): Promise<readonly string[] | undefined> {
  const state = note === undefined ? {} : { applied: note };
  // under mocks, a resource's former state is the one it gets at registration
  await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state }), call: () => ({}) });
  return notedWays([claimOf(options)]);
}

describe("a note of a resource's objects", () => {
  let note: string;

  before(async () => {
    await startMocks();
    note = noteOf([claimOf()], [wayAnnotation(WAY)]);
  });

  it("returns their connections if nothing has changed", async () => {
    assert.deepEqual(await found(note), [wayOf(wayAnnotation(WAY))]);
  });

  const changes: readonly [string, Options][] = [
    ["an object", { object: { ...OBJECT, spec: { hosts: ["store.example.com"] } } }],
    ["an object's name", { object: { ...OBJECT, metadata: { ...OBJECT.metadata, name: "store--web" } } }],
    ["the name of a child", { childName: "shop-us-east" }],
    ["what the fleet adopts", { isListed: true }],
    ["the provider's ID", { way: { ...WAY, id: "2" } }],
    ["the provider's ID, which is not known yet", { way: { ...WAY, id: undefined } }],
    ["the cluster's entry in the kubeconfig", { way: { ...WAY, entry: "abd" } }],
    ["the cluster's entry, which is not known", { way: { ...WAY, entry: "" } }],
  ];
  for (const [what, options] of changes)
    it(`is not used if ${what} has changed`, async () => assert.equal(await found(note, options), undefined));

  it("is not used if it is missing or different", async () => {
    for (const each of [undefined, "", "{", "null", "[]", "{}", 1, JSON.stringify({ ...JSON.parse(note), ways: [] })])
      assert.equal(await found(each), undefined, String(each));
  });
});
