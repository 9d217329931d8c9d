/** In-place changes must not remove what routes use: Pulumi applies them before the routes. */
import assert from "node:assert/strict";
import { compile } from "../../../sdk/nodejs/src/compile.js";
import { objectKey, type RenderedObject } from "../../../sdk/nodejs/src/kube/object.js";
import { type ModelArgs, modelOf } from "../../support/models.js";

type Args = Readonly<Record<string, unknown>>;

const SERVICES = [{ namespace: "shop", labels: { app: "reviews" } }];
const PORTS = [{ number: 80, protocol: "HTTP", targetPort: 9080 }];
const V1 = { labels: { version: "v1" } };
const V2 = { labels: { version: "v2" } };

/** Two clusters, with more fields for the fleet's clusters, both destinations and the table's destination. */
function world({ cluster = {}, destination = {}, outside = {}, to = {} }: Readonly<Record<string, Args>>): ModelArgs {
  const clusterOf = (name: string, index: number) => ({
    name,
    eastWestGateway: { addresses: [`203.0.113.${index}`] },
    ...cluster,
  });
  return {
    fleets: { prod: { clusters: [clusterOf("east", 1), clusterOf("west", 2)] } },
    virtualGateways: {
      web: { fleet: "prod", namespace: "gateways", workloads: { labels: { app: "web" } }, listeners: [{ port: 80 }] },
    },
    virtualDestinations: {
      reviews: { fleet: "prod", hosts: ["reviews.global"], services: SERVICES, ports: PORTS, ...destination },
    },
    externalServices: {
      archive: {
        fleet: "prod",
        namespace: "gateways",
        hosts: ["archive.example.net"],
        ports: [{ number: 80, protocol: "HTTP", targetPort: 443, clientsideTls: {} }],
        endpoints: [
          { address: "203.0.113.40", ...V1 },
          { address: "203.0.113.41", ...V2 },
        ],
        ...outside,
      },
    },
    routeTables: {
      shop: {
        fleet: "prod",
        hosts: ["shop.example.com"],
        virtualGateways: ["web"],
        http: [{ name: "rest", forwardTo: { destinations: [{ virtualDestination: "reviews", ...to }] } }],
      },
    },
  };
}

function objectsOf(args: ModelArgs): readonly RenderedObject[] {
  const { objects, diagnostics } = compile(modelOf(args));
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return objects.filter(({ object }) => ["DestinationRule", "ServiceEntry", "VirtualService"].includes(object.kind));
}

/** Returns the hosts, subsets and endpoint labels by which requests are routed through an object. */
function waysThrough({ object }: RenderedObject): readonly string[] {
  const {
    host,
    hosts = [],
    subsets = [],
    endpoints = [],
  } = object.spec as {
    readonly host?: string;
    readonly hosts?: readonly string[];
    readonly subsets?: readonly { readonly name: string; readonly labels: object }[];
    readonly endpoints?: readonly { readonly labels?: object }[];
  };
  // the routes of tables are what moves
  if (object.kind === "VirtualService" && !object.metadata.name.includes("east-west")) return [];
  return [
    ...[...hosts, ...(host === undefined ? [] : [host])].map((each) => `host ${each}`),
    ...subsets.map(({ name, labels }) => `subset ${name} ${JSON.stringify(labels)}`),
    ...endpoints.map(({ labels }) => `endpoint ${JSON.stringify(labels)}`),
  ];
}

/** Returns what objects lose that exist before and after. */
function lostInPlace(before: ModelArgs, after: ModelArgs): readonly string[] {
  const keyOf = (each: RenderedObject) => `${each.cluster}/${objectKey(each.object)}`;
  const later = new Map(objectsOf(after).map((each) => [keyOf(each), waysThrough(each)]));
  return objectsOf(before).flatMap((each) => {
    const left = later.get(keyOf(each));
    return left === undefined
      ? []
      : waysThrough(each)
          .filter((way) => !left.includes(way))
          .map((way) => `${keyOf(each)}: ${way}`);
  });
}

const flat = { network: "shared" };
const noMesh = { mesh: "NONE" };
const service = (cluster: string, subset?: object) => ({
  virtualDestination: undefined,
  service: { name: "reviews", namespace: "shop", cluster },
  port: 80,
  ...(subset && { subset }),
});
const archive = (subset: object) => ({ virtualDestination: undefined, externalService: "archive", subset });

const CHANGES: Readonly<
  Record<string, readonly [before: Readonly<Record<string, Args>>, after: Readonly<Record<string, Args>>]>
> = {
  "a host": [{}, { destination: { hosts: ["reviews.internal"] } }],
  "a custom host": [{ destination: { hosts: ["a.example"] } }, { destination: { hosts: ["b.example"] } }],
  "one of several hosts": [
    { destination: { hosts: ["reviews.global", "a.example"] } },
    { destination: { hosts: ["a.example", "b.example"] } },
  ],
  "a host without a mesh": [{ cluster: noMesh }, { cluster: noMesh, destination: { hosts: ["reviews.internal"] } }],
  "a host whose gateways terminate TLS": [
    { destination: { clientMode: { tlsTermination: {} } } },
    { destination: { clientMode: { tlsTermination: {} }, hosts: ["reviews.internal"] } },
  ],
  "a subset": [{ destination: { subsets: [V1, V2] } }, { destination: { subsets: [V1] } }],
  "all subsets": [{ destination: { subsets: [V1, V2] } }, {}],
  "the labels of a subset": [
    { destination: { subsets: [V1, V2] } },
    { destination: { subsets: [V1, { labels: { track: "new" } }] } },
  ],
  "a subset on one network": [
    { cluster: flat, destination: { subsets: [V1, V2] } },
    { cluster: flat, destination: { subsets: [V2] } },
  ],
  "the cluster of a Service": [{ to: service("east") }, { to: service("west") }],
  "the cluster of a Service on one network": [
    { cluster: flat, to: service("east") },
    { cluster: flat, to: service("west") },
  ],
  "the subset of a Service": [
    { cluster: flat, to: service("east", V1.labels) },
    { cluster: flat, to: service("east", V2.labels) },
  ],
  "the subset of an external service": [{ to: archive(V1.labels) }, { to: archive(V2.labels) }],
  "the host of an external service": [{}, { outside: { hosts: ["archive.example.org"] } }],
  "the host of an external service, with a subset": [
    { to: archive(V1.labels) },
    { to: archive(V1.labels), outside: { hosts: ["archive.example.org"] } },
  ],
};

describe("objects that change in place", () => {
  for (const [what, [before, after]] of Object.entries(CHANGES)) {
    it(`lose nothing that routes use when ${what} is changed, nor when it is changed back`, () => {
      assert.deepEqual(lostInPlace(world(before), world(after)), []);
      assert.deepEqual(lostInPlace(world(after), world(before)), []);
    });
  }

  it("are compared: the labels that select pods change in place", () => {
    const services = [{ namespace: "shop", labels: { app: "ratings" } }];
    const [first = ""] = lostInPlace(world({}), world({ destination: { services } }));
    assert.match(first, /^east.*ServiceEntry.*reviews--remote: endpoint .*"reviews"/);
  });

  it("keep their names if only the order of hosts and subsets changes", () => {
    const names = (destination: Args) =>
      objectsOf(world({ destination }))
        .map((each) => `${each.cluster} ${objectKey(each.object)}`)
        .sort();
    assert.deepEqual(
      names({ hosts: ["a.example", "reviews.global"], subsets: [V1, V2] }),
      names({ hosts: ["reviews.global", "a.example"], subsets: [V2, V1] }),
    );
  });
});
