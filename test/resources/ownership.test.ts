/** Decides who may own an object: by the state, by the cluster, and by Pulumi's pending deletes. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import { type Owner, ownerAnnotations } from "../../sdk/nodejs/src/kube/owner.js";
import { type Way, wayAnnotation } from "../../sdk/nodejs/src/kube/way.js";
import type { Claim } from "../../sdk/nodejs/src/resources/claim.js";
import type { Live } from "../../sdk/nodejs/src/resources/live-objects.js";
import { check } from "../../sdk/nodejs/src/resources/ownership.js";
import type { Change } from "../../sdk/nodejs/src/resources/way.js";
import { fakeCli } from "./fake-cli.js";
import { startMocks } from "./mocks.js";

const PROVIDER = "urn:pulumi:stack::project::pulumi:providers:kubernetes::prod-east";
const NOW: Way = { provider: PROVIDER, id: "id-now", entry: "entry-east" };
const ELSEWHERE: Way = { provider: `${PROVIDER}-2`, id: "id-2", entry: "entry-2" };
const STACK = "organization/project/stack";
const TYPE = "kubernetes:networking.istio.io/v1:VirtualService";
const child = (name: string) => `urn:pulumi:stack::project::meshway:index:RouteTable$${TYPE}::${name}`;
const OWN = child("shop-east-VirtualService-shop--web");
const OTHER = child("shop-us-east-VirtualService-shop--web");
const ABSENT: Live = { isThere: false };

const object = (namespace = "gateways"): KubeObject => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "shop--web", namespace, labels: {} },
  spec: {},
});

/** Returns the state's entry for an object that was applied through a connection. */
function noted(uid: string, { way = NOW, namespace = "gateways", urn = OWN } = {}): Record<string, unknown> {
  const annotations = { ...ownerAnnotations({ stack: STACK, urn }), ...wayAnnotation(way) };
  return { ...object(namespace), metadata: { ...object(namespace).metadata, uid, annotations } };
}

function present(uid: string, owner: Partial<Owner> | null = {}, more: { way?: Way; isGoing?: true } = {}): Live {
  return {
    isThere: true,
    uid,
    ...(owner && { owner: { stack: STACK, urn: OWN, ...owner }, way: NOW }),
    ...more,
  };
}

interface Situation {
  readonly state?: Readonly<Record<string, Record<string, unknown>>>;
  /** The cluster's object at this place; undefined if the cluster can't be asked. */
  readonly live: Live;
  /** The cluster's objects in other namespaces. */
  readonly besides?: Readonly<Record<string, Live>>;
  /** The object that the provider of the state's entry would have reached before. */
  readonly formerly?: Live;
  /** The object reached by the provider with the ID in the state, if Pulumi still knows that provider. */
  readonly through?: Live;
  readonly isListed?: boolean;
  readonly namespace?: string;
  readonly change?: Change;
  /** URN of the unchanged provider, if the one that the object names now belongs to another cluster. */
  readonly renamedTo?: string;
  readonly exported?: readonly object[];
}

/** Returns the verdict on the object: the code that refuses it, or the options passed to Pulumi. */
async function outcome(situation: Situation): Promise<readonly string[]> {
  await startMocks();
  const told: string[] = [];
  const look = (live: Live) => ({ find: async () => live });
  const connection = {
    cluster: "east",
    live: {
      find: async ({ metadata }: KubeObject) =>
        metadata.namespace === (situation.namespace ?? "gateways")
          ? situation.live
          : (situation.besides?.[metadata.namespace ?? ""] ?? ABSENT),
    },
    way: async () => NOW,
    change: async (provider: string) => (situation.renamedTo === provider ? "none" : (situation.change ?? "none")),
    formerly: async () => ("formerly" in situation ? look(situation.formerly) : undefined),
    through: async () => ("through" in situation ? look(situation.through) : undefined),
    unlikeFormer: async () => undefined,
    told: new Set(),
  };
  const claim = {
    resource: new pulumi.ComponentResource("meshway:index:RouteTable", "shop"),
    subject: { kind: "RouteTable", name: "shop" },
    object: object(situation.namespace),
    childName: "shop-east-VirtualService-shop--web",
    formerNames: [],
    connection,
    isListed: situation.isListed === true,
    fromStacks: [],
    takeOver: () => told.push("taken over"),
    replace: () => told.push("replaced"),
    wasCalled: (urn: string) => told.push(`was ${urn}`),
    annotate: () => undefined,
  } as unknown as Claim;
  const restore = fakeCli(situation.exported ?? []);
  try {
    const own = { stack: STACK, urn: OWN };
    const { refused } = await check(claim, own, new Map(Object.entries(situation.state ?? {})), async () => false);
    return refused === undefined ? told : [refused.code];
  } finally {
    restore();
  }
}

function holds(cases: readonly (readonly [string, Situation, readonly string[]])[]): void {
  for (const [title, situation, expected] of cases)
    it(title, async () => assert.deepEqual(await outcome(situation), expected));
}

const table = (way: Way, uid: string) => noted(uid, { way, urn: OTHER });
/** Another object, whose state matches the namespace `shop` of the cluster. */
const common = { [child("other")]: noted("common", { way: ELSEWHERE, namespace: "shop" }) };
const pending = [{ urn: OWN, type: TYPE, id: "gateways/shop--web", delete: true }];
const oldProvider = { urn: PROVIDER, type: "pulumi:providers:kubernetes", id: "id-old", delete: true, inputs: {} };

describe("an object that the state does not hold under its URN", () => {
  holds([
    ["is created where there is none", { live: ABSENT }, []],
    ["is taken over if a killed run of this stack left it", { live: present("1") }, ["taken over"]],
    ["is refused if it has no owner", { live: present("1", null) }, ["MW0542"]],
    ["is refused if another stack owns it", { live: present("1", { stack: "organization/p/s" }) }, ["MW0541"]],
    [
      "is refused where the state has it under another URN, whatever it says itself",
      { live: present("1"), state: { [OTHER]: noted("1") } },
      ["MW0543"],
    ],
    [
      "is the same resource where the fleet lists it then",
      { live: present("1"), state: { [OTHER]: noted("1") }, isListed: true },
      [`was ${OTHER}`],
    ],
    [
      "is refused where it names another resource of the state",
      { live: present("1", { urn: OTHER }), state: { [OTHER]: noted("2", { way: ELSEWHERE }) } },
      ["MW0543"],
    ],
  ]);
});

const PATCH = child("patch").replace(TYPE, `${TYPE}Patch`);

describe("an object that the program also patches", () => {
  holds([["is taken over all the same", { live: present("1"), state: { [PATCH]: noted("1") } }, ["taken over"]]]);
});

describe("an object that the state holds under another URN", () => {
  const state = { [OTHER]: table(ELSEWHERE, "2") };
  const sameEntry = { [OTHER]: table({ ...ELSEWHERE, entry: NOW.entry }, "2") };
  holds([
    ["is another one in another cluster", { live: present("1"), state }, ["taken over"]],
    ["is another one in another cluster, with none here", { live: ABSENT, state }, []],
    [
      "is the same one by the same provider, although its uid has changed",
      { live: present("1"), state: { [OTHER]: table(NOW, "2") } },
      ["MW0543"],
    ],
    [
      "would be deleted by the same provider after it was made",
      { live: ABSENT, state: { [OTHER]: table(NOW, "2") } },
      ["MW0543"],
    ],
    ["would be deleted by the same entry after its creation", { live: ABSENT, state: sameEntry }, ["MW0543"]],
    ["would be deleted if the cluster can't be asked", { live: undefined, state: sameEntry }, ["MW0543"]],
    [
      "is another one behind a proxy that gives all clusters one entry",
      { live: ABSENT, state: sameEntry, formerly: present("2") },
      [],
    ],
    [
      "is the same one behind two providers of one entry",
      { live: present("1"), state: sameEntry, formerly: present("1") },
      ["MW0543"],
    ],
    [
      "would be deleted in a cluster that has another object of that way",
      { live: ABSENT, state: { ...state, ...common }, besides: { shop: present("common") } },
      ["MW0543"],
    ],
  ]);
});

describe("an object of a stack with the same name", () => {
  const way = { ...NOW, id: "id-theirs" };
  holds([
    ["is refused if this stack never had its provider", { live: present("1", {}, { way }) }, ["MW0554"]],
    ["is taken over if the fleet lists it", { live: present("1", {}, { way }), isListed: true }, ["taken over"]],
    [
      "is this stack's where another object came by that provider",
      {
        live: present("1", {}, { way }),
        state: { [child("other")]: noted("9", { way: { ...ELSEWHERE, id: way.id }, namespace: "shop" }) },
      },
      ["taken over"],
    ],
    [
      "is this stack's where Pulumi still has to delete that provider",
      { live: present("1", {}, { way }), exported: [{ ...oldProvider, id: way.id }] },
      ["taken over"],
    ],
  ]);
});

describe("an object that is being deleted, or whose place Pulumi has yet to clear", () => {
  const state = { [child("other")]: noted("9", { namespace: "shop" }) };
  holds([
    ["is not taken over while it is being deleted", { live: present("1", {}, { isGoing: true }) }, ["MW0555"]],
    [
      "is not kept while it is being deleted, where the way has changed",
      {
        live: present("1", {}, { isGoing: true }),
        state: { [OWN]: noted("1", { way: { ...NOW, id: "id-old", entry: "old" } }) },
      },
      ["MW0555"],
    ],
    ["is not created while a delete of its name is pending", { live: ABSENT, state, exported: pending }, ["MW0553"]],
    [
      "is not taken over while a delete of its name is pending",
      { live: present("1"), state, exported: pending },
      ["MW0553"],
    ],
    ["is created while deletes of other names are pending", { live: ABSENT, state, exported: [oldProvider] }, []],
  ]);
});

describe("an object whose namespace changes", () => {
  const state = { [OWN]: noted("1") };
  const moved = { state, namespace: "shop" };
  holds([
    ["is created in the new one", { ...moved, live: ABSENT }, []],
    ["is taken over there if a killed run left it", { ...moved, live: present("2") }, ["taken over"]],
    [
      "is taken over there where the fleet lists it",
      { ...moved, live: present("2", null), isListed: true },
      ["taken over"],
    ],
    ["is refused there if it has no owner", { ...moved, live: present("2", null) }, ["MW0542"]],
    [
      "is refused there where another resource has it, listed or not",
      { ...moved, live: present("2"), state: { ...state, [OTHER]: noted("2", { namespace: "shop" }) }, isListed: true },
      ["MW0543"],
    ],
    [
      "is not made in one from which Pulumi still has to delete it",
      { live: ABSENT, state: { [OWN]: noted("2", { namespace: "shop" }) }, exported: pending },
      ["MW0553"],
    ],
    [
      "is not taken over in one from which Pulumi still has to delete it",
      { live: present("1"), state: { [OWN]: noted("2", { namespace: "shop" }) }, exported: pending },
      ["MW0553"],
    ],
  ]);
});

describe("an object of another cluster, where a killed run left the one that it was about to move", () => {
  const moved = { live: present("2"), state: { [OWN]: noted("1", { way: ELSEWHERE }) } };
  holds([
    ["is left unchanged", moved, []],
    ["is refused while a delete of its name is pending", { ...moved, exported: pending }, ["MW0553"]],
    [
      "is refused where another resource of the state has it",
      { ...moved, state: { ...moved.state, [OTHER]: noted("2") } },
      ["MW0543"],
    ],
  ]);
});

describe("an object whose provider was renamed, and whose URN another provider took", () => {
  const state = { [OWN]: noted("1", { way: { ...NOW, provider: ELSEWHERE.provider } }) };
  holds([["stays", { live: present("1"), state, change: "replaced", renamedTo: NOW.provider }, []]]);
});

describe("an object that is missing after an interrupted run replaced its provider", () => {
  const way = { provider: PROVIDER, id: "id-old", entry: "entry-old" };
  const moved = {
    live: ABSENT,
    state: { [OWN]: noted("1", { way }) },
    exported: [{ urn: OWN, type: TYPE, id: "gateways/shop--web", provider: `${PROVIDER}::id-old` }],
  };
  holds([
    ["is created again if the former provider still has it", { ...moved, through: present("1") }, ["replaced"]],
    ["is created again if the former cluster can't be asked", { ...moved, through: undefined }, ["replaced"]],
    [
      "is not made where another resource of the state would be deleted there",
      { ...moved, through: present("1"), state: { ...moved.state, [OTHER]: noted("2") } },
      ["MW0543"],
    ],
    ["is not created, only to be deleted, if both lead to one cluster", { ...moved, through: ABSENT }, ["MW0546"]],
    ["is not created if the former provider's cluster is unknown", moved, ["MW0546"]],
    [
      "is not made where Pulumi would delete it by the provider that it has now",
      { ...moved, through: present("1"), exported: [{ ...moved.exported[0], provider: `${PROVIDER}::id-now` }] },
      ["MW0546"],
    ],
  ]);
});
