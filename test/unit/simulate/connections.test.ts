import assert from "node:assert/strict";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import type { Question } from "../../../sdk/nodejs/src/simulate/request.js";
import { prepare } from "../../../sdk/nodejs/src/simulate/simulate.js";
import { expectRoute } from "../../../sdk/nodejs/src/testing.js";
import { gatewayArgs, serviceArgs, tableArgs } from "../../support/shop.js";
import { later } from "../check/findings.js";
import { answers, planOf } from "./ask.js";

const to = (name: string, port = 443) => ({
  destinations: [{ service: { name, namespace: "shop", cluster: "east" }, port }],
});

const tables = {
  stores: {
    fleet: "prod",
    hosts: ["*.example.com"],
    virtualGateways: ["web"],
    http: [answers("http")],
    tls: [
      { name: "a", matchers: [{ sniHosts: ["A.example.com"] }], forwardTo: to("a") },
      {
        name: "wide",
        matchers: [{ sniHosts: ["b.c.example.com"], port: 1 }, { sniHosts: ["*.example.com"] }],
        forwardTo: to("wide"),
      },
    ],
    tcp: [
      { name: "redis", matchers: [{ port: 6379 }, { port: 6380 }], forwardTo: to("redis") },
      {
        name: "rest",
        forwardTo: {
          destinations: [
            { ...serviceArgs("east"), weight: 90 },
            { ...serviceArgs("west"), weight: 10 },
          ],
        },
      },
    ],
  },
};

const listeners = [
  { port: 80 },
  { port: 443, targetPort: 8443, tls: { mode: "PASSTHROUGH" }, allowedRouteTables: [{ host: "*.example.com" }] },
  { port: 1, targetPort: 1001, tls: { mode: "PASSTHROUGH" }, allowedRouteTables: [{ host: "*.example.com" }] },
  { port: 5432, protocol: "TCP" },
  { port: 6379, targetPort: 16379, protocol: "TCP" },
  {
    port: 6380,
    protocol: "TLS",
    tls: { mode: "SIMPLE", secretName: "cert" },
    allowedRouteTables: [{ host: "*.example.com" }],
  },
];

function planFor(routeTables: Readonly<Record<string, object>> = tables) {
  const virtualGateways = { web: gatewayArgs({ listeners, clusters: ["east"] }) };
  return planOf({ virtualGateways, routeTables });
}

describe("simulated connections", () => {
  const plan = planFor();
  const decide = (question: Question) => prepare(plan).simulate(question).decision;
  const routeOf = (question: Question) => {
    const decision = decide(question);
    return decision.kind === "passed" ? decision.route : "reason" in decision ? decision.reason : decision.kind;
  };

  it("are distinguished by their server name if TLS is passed through", () => {
    assert.equal(routeOf({ scheme: "tls", host: "a.example.com", port: 443 }), "a");
    assert.equal(routeOf({ scheme: "tls", host: "A.Example.COM", port: 443 }), "a");
    assert.equal(routeOf({ scheme: "tls", host: "b.c.example.com", port: 443 }), "wide");
    assert.equal(routeOf({ scheme: "tls", host: "192.0.2.1", serverName: "a.example.com", port: 443 }), "a");
    assert.equal(routeOf({ scheme: "tls", host: "a.example.org", port: 443 }), "serverName");
    assert.equal(routeOf({ scheme: "tls", port: 443 }), "serverName");
    assert.equal(routeOf({ scheme: "tcp", host: "a.example.com", port: 443 }), "needsTls");
  });

  it("take requests over TLS with them", () => {
    assert.equal(routeOf({ scheme: "https", host: "a.example.com", path: "/" }), "a");
    assert.equal(routeOf({ scheme: "http", host: "a.example.com:443", path: "/" }), "needsTls");
  });

  it("go to the first route that has the port, the one that clients use", () => {
    assert.equal(routeOf({ scheme: "tcp", port: 6379 }), "redis");
    assert.equal(routeOf({ scheme: "tls", port: 5432 }), "rest");
    assert.equal(routeOf({ scheme: "http", host: "x:5432", path: "/" }), "rest");
    assert.equal(routeOf({ scheme: "tcp", port: 16379 }), "noListener");
  });

  it("are terminated by a listener that presents a certificate, for its hosts", () => {
    assert.equal(routeOf({ scheme: "tls", host: "a.example.com", port: 6380 }), "redis");
    assert.equal(routeOf({ scheme: "tls", host: "a.example.org", port: 6380 }), "serverName");
    assert.equal(routeOf({ scheme: "tcp", host: "a.example.com", port: 6380 }), "needsTls");
  });

  it("end at listeners that expect requests", () => {
    assert.equal(routeOf({ scheme: "tcp", port: 80 }), "needsHttp");
    assert.equal(routeOf({ scheme: "tls", port: 80 }), "noTls");
  });

  it("are shared by weight, and have no Host header", () => {
    const decision = decide({ scheme: "tcp", port: 5432 });
    assert.ok(decision.kind === "passed");
    assert.deepEqual(
      decision.targets.map(({ destination, share }) => [destination, share]),
      [
        [{ kind: "Service", name: "frontend", namespace: "shop", cluster: "east" }, 90],
        [{ kind: "Service", name: "frontend", namespace: "shop", cluster: "west" }, 10],
      ],
    );
    assert.ok(decision.targets.every((target) => !("hostHeader" in target)));
  });

  it("find no listener if no table has a route for it", () => {
    const none = planFor({ stores: tableArgs({ hosts: ["x.example.com"], virtualGateways: ["web"] }) });
    for (const port of [443, 5432, 6380])
      assert.deepEqual(prepare(none).simulate({ scheme: "tls", host: "x.example.com", port }).decision, {
        kind: "refused",
        reason: "noListener",
      });
  });

  it("have no result while a server name is unknown", () => {
    const tls = [{ name: "a", matchers: [{ sniHosts: [later] }], forwardTo: to("a") }];
    const open = planFor({ stores: { ...tables.stores, hosts: [later], http: undefined, tcp: undefined, tls } });
    const { decision } = prepare(open).simulate({ scheme: "tls", host: "b.example.com", port: 443 });
    assert.deepEqual(decision, { kind: "unanswered", reason: "notKnownYet", candidates: [] });
  });

  it("are described with their targets", () => {
    const question = { scheme: "tls", host: "a.example.com", port: 443 } as const;
    assert.equal(
      describeSimulations(question, [prepare(plan).simulate(question)]),
      `tls://a.example.com:443

  cluster   east
  gateway   gateways/web
  listener  TLS 443, bound to 8443
  table     stores

  ✓ a

  100% a  shop/a:443 of east
       from east  Service a.shop.svc.cluster.local:443`,
    );
  });

  it("can be used in route tests", () => {
    expectRoute(plan)
      .connect("tls://a.example.com:443")
      .from("web")
      .toReach("a", { port: 443 })
      .viaRoute("a", "stores");
    expectRoute(plan).connect("tcp://data.example.com:5432").inCluster("east").toReach("frontend", { share: 90 });
    expectRoute(plan).connect("tls://a.example.org:443").toBeRefused();
    expectRoute(plan).get("https://a.example.com/x").toReach("a");
    assert.throws(() => expectRoute(plan).connect("tcp://data.example.com:5432").toReach("redis"), /to reach redis/);
    assert.throws(() => expectRoute(plan).connect("tcp://data.example.com").toBeRefused(), /is not an address/);
    assert.throws(() => expectRoute(plan).get("tls://a.example.com:443").toBeRefused(), /expected `CONNECT`/);
    assert.throws(
      () => expectRoute(plan).connect("tls://a.example.com:443").withHeader("x", "y").toBeRefused(),
      /has no headers/,
    );
  });
});
