/** MW0552: a run must not remove anything that routes still use; the same change in two runs removes nothing in use. */
import assert from "node:assert/strict";
import { compile } from "../../sdk/nodejs/src/compile.js";
import { objectKey, type RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { narrowedBy, usesIn } from "../../sdk/nodejs/src/resources/narrowed.js";
import { type ModelArgs, modelOf } from "../support/models.js";

type Args = Readonly<Record<string, unknown>>;

interface World {
  readonly eastWest?: Args;
  readonly destination?: Args;
  readonly second?: Args;
  readonly authorizer?: Args;
  readonly server?: Args;
  readonly to?: Args;
}

const HTTP = { number: 80, protocol: "HTTP", targetPort: 9080 };
const NEW_HTTP = { ...HTTP, number: 81 };
const GRPC = { number: 9000, protocol: "GRPC" };
const NEW_GRPC = { number: 9001, protocol: "GRPC", targetPort: 9000 };

/** Two clusters, a gateway, a table that sends to one of two destinations, and a policy that calls a server. */
function world({ eastWest = {}, destination = {}, second, authorizer = {}, server = {}, to = {} }: World): ModelArgs {
  const clusterOf = (name: string, index: number) => ({
    name,
    trustDomain: `${name}.example.com`,
    eastWestGateway: { addresses: [`203.0.113.${index}`], ...eastWest },
  });
  const reviews = {
    fleet: "prod",
    hosts: ["reviews.global"],
    services: [{ namespace: "shop", labels: { app: "reviews" } }],
    ports: [HTTP],
  };
  return {
    fleets: { prod: { clusters: [clusterOf("east", 1), clusterOf("west", 2)] } },
    virtualGateways: {
      web: { fleet: "prod", namespace: "gateways", workloads: { labels: { app: "web" } }, listeners: [{ port: 80 }] },
    },
    virtualDestinations: {
      reviews: { ...reviews, ...destination },
      ...(second && { second: { ...reviews, hosts: ["second.global"], ...second } }),
      authorizer: {
        fleet: "prod",
        hosts: ["authorizer.global"],
        services: [{ namespace: "shop", labels: { app: "authorizer" } }],
        ports: [GRPC],
        ...authorizer,
      },
    },
    extAuthPolicies: {
      members: {
        server: {
          destinationServer: { virtualDestination: "authorizer", port: 9000, ...server },
          requestTimeout: "5s",
        },
      },
    },
    routeTables: {
      shop: {
        fleet: "prod",
        hosts: ["shop.example.com"],
        virtualGateways: ["web"],
        http: [
          {
            name: "rest",
            forwardTo: { destinations: [{ virtualDestination: "reviews", ...to }] },
            policies: ["members"],
          },
        ],
      },
    },
  };
}

function objectsOf(more: World): readonly RenderedObject[] {
  const { objects, diagnostics } = compile(modelOf(world(more)));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, []);
  return objects;
}

/** Returns the things that the step from one world to the other removes, each with its user. */
function taken(from: World, into: World): readonly string[] {
  const keyOf = ({ cluster, object }: RenderedObject) => `${cluster}/${objectKey(object)}`;
  const noted = new Map(objectsOf(from).map((each) => [keyOf(each), { ...each.object }]));
  const uses = usesIn(noted.values());
  const found = objectsOf(into).flatMap((each) => {
    const before = noted.get(keyOf(each));
    return before === undefined ? [] : narrowedBy(before, each.object, uses);
  });
  return [...new Set(found.map(({ what, by }) => `${what}: ${by}`))].sort();
}

const TABLE = "VirtualService gateways/shop--web";

/** A change in one step with the things it removes, and the intermediate world when it is made in two. */
const CHANGES: readonly {
  readonly of: string;
  readonly from?: World;
  readonly between: World;
  readonly into: World;
  readonly takes: readonly string[];
}[] = [
  {
    of: "the number of a port",
    between: { destination: { ports: [HTTP, NEW_HTTP] }, to: { port: 81 } },
    into: { destination: { ports: [NEW_HTTP] } },
    takes: [`a port other than 81: ${TABLE}`],
  },
  {
    of: "the number of the port of a policy's server",
    between: { authorizer: { ports: [GRPC, NEW_GRPC] }, server: { port: 9001 } },
    into: { authorizer: { ports: [NEW_GRPC] }, server: { port: 9001 } },
    takes: ["a port other than 9001: EnvoyFilter gateways/shop--web"],
  },
  {
    of: "the namespaces that may use a destination",
    from: { second: {}, destination: { exportTo: ["gateways", "library"] } },
    between: { second: {}, destination: { exportTo: ["gateways", "library"] }, to: { virtualDestination: "second" } },
    into: { second: {}, destination: { exportTo: ["library"] }, to: { virtualDestination: "second" } },
    takes: [`its use in namespace gateways: ${TABLE}`],
  },
  {
    of: "how clients begin TLS",
    from: { second: { clientMode: { tlsTermination: {} } } },
    between: { second: { clientMode: { tlsTermination: {} } }, to: { virtualDestination: "second" } },
    into: {
      second: { clientMode: { tlsTermination: {} } },
      destination: { clientMode: { tlsTermination: {} } },
      to: { virtualDestination: "second" },
    },
    takes: [`the TLS mode of connections: ${TABLE}`],
  },
  {
    of: "the hosts that an east-west gateway lets in",
    from: {
      authorizer: { hosts: ["authorizer.example.com"] },
      second: { hosts: ["second.example.com"] },
      eastWest: { exposedHosts: ["*.global", "*.example.com"] },
    },
    between: {
      authorizer: { hosts: ["authorizer.example.com"] },
      second: { hosts: ["second.example.com"] },
      eastWest: { exposedHosts: ["*.global", "*.example.com"] },
      to: { virtualDestination: "second" },
    },
    into: {
      second: { hosts: ["second.example.com"] },
      destination: { hosts: ["reviews.example.com"] },
      authorizer: { hosts: ["authorizer.example.com"] },
      eastWest: { exposedHosts: ["*.example.com"] },
      to: { virtualDestination: "second" },
    },
    takes: [`a port or host of the east-west gateway: ${TABLE}`],
  },
];

describe("a change that takes two runs", () => {
  for (const { of, from = {}, between, into, takes } of CHANGES)
    it(`is reported for ${of}, and not when it is made in two`, () => {
      assert.deepEqual(taken(from, into), takes);
      assert.deepEqual([...taken(from, between), ...taken(between, into)], []);
    });

  it("is reported without the removed port, which may have been a secret: the state doesn't say", () => {
    const secret = { number: 47_113, protocol: "HTTP", targetPort: 9080 };
    const found = taken({ destination: { ports: [secret] } }, { destination: { ports: [NEW_HTTP] } });
    assert.deepEqual(found, [`a port other than 81: ${TABLE}`]);
  });

  it("is reported for the port of an east-west gateway, in each run", () => {
    assert.deepEqual(taken({}, { eastWest: { port: 15444 } }), [`a port or host of the east-west gateway: ${TABLE}`]);
  });

  it("is not reported for additions, or for fields that an object doesn't set", () => {
    assert.deepEqual(taken({ destination: { exportTo: ["gateways"] } }, {}), []);
    assert.deepEqual(taken({}, { destination: { ports: [HTTP, NEW_HTTP] }, to: { port: 80 } }), []);
    const [first] = objectsOf({});
    assert.ok(first);
    assert.deepEqual(
      narrowedBy({ spec: { ports: "[secret]" } }, first.object, usesIn([{ kind: "VirtualService" }])),
      [],
    );
  });
});
