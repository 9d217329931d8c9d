import assert from "node:assert/strict";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { readQuestion } from "../../../sdk/nodejs/src/simulate/read-request.js";
import type { Question } from "../../../sdk/nodejs/src/simulate/request.js";
import { prepare } from "../../../sdk/nodejs/src/simulate/simulate.js";
import { expectRoute } from "../../../sdk/nodejs/src/testing.js";
import { destinationArgs, gatewayArgs, serviceArgs } from "../../support/shop.js";
import { later } from "../check/findings.js";
import { answers, planOf } from "./ask.js";

const to = { destinations: [serviceArgs("east")] };

const reviews = {
  fleet: "prod",
  hosts: ["Reviews.shop.svc.cluster.local"],
  sidecars: { namespaces: ["shop", "checkout"], labels: { app: "frontend" }, clusters: ["east"] },
  http: [
    { ...answers("admin"), matchers: [{ uri: { prefix: "/admin" } }] },
    { ...answers("port"), matchers: [{ port: 8080 }] },
    { ...answers("forwarded"), matchers: [{ headers: [{ name: "x-forwarded-for" }] }] },
  ],
  tls: [{ name: "tls", matchers: [{ sniHosts: ["reviews.shop.svc.cluster.local"], port: 443 }], forwardTo: to }],
  tcp: [{ name: "tcp", matchers: [{ port: 7000 }], forwardTo: to }],
};

const virtual = {
  fleet: "prod",
  hosts: ["reviews.global"],
  sidecars: { namespaces: ["shop"], clusters: ["east"] },
  http: [answers("virtual")],
};

const unknown = {
  fleet: "prod",
  hosts: ["elsewhere.example.com"],
  sidecars: { namespaces: ["shop"], clusters: ["east"] },
  http: [answers("unknown")],
};

const plan = planOf({
  virtualGateways: { web: gatewayArgs({ clusters: ["east"], listeners: [{ port: 80 }] }) },
  virtualDestinations: {
    reviews: destinationArgs({
      ports: [
        { number: 80, protocol: "HTTP" },
        { number: 443, protocol: "TLS" },
        { number: 9000, protocol: "TCP" },
      ],
    }),
  },
  routeTables: { reviews, virtual, unknown },
});

const frontend = { namespace: "shop", labels: { app: "frontend", version: "v1" } };

describe("simulated callers with sidecars", () => {
  const decide = (question: Question) => prepare(plan).simulate(question).decision;
  const routeOf = (url: string, sidecar: object = frontend, scheme: "http" | "https" = "http") => {
    const [, host = "", path = "/"] = /^([^/]*)(.*)$/.exec(url) ?? [];
    const from = { cluster: "east", sidecar: sidecar as typeof frontend };
    return kindOf(decide({ scheme, host, path: path === "" ? "/" : path, from }));
  };
  const connect = (scheme: "tcp" | "tls", host: string, port: number) =>
    kindOf(decide({ scheme, host, port, from: { sidecar: frontend } }));
  const kindOf = (decision: ReturnType<typeof decide>) =>
    "route" in decision ? decision.route : "reason" in decision ? decision.reason : decision.kind;

  it("take the routes of the host's table by any name of the Service, and a 404 if none matches", () => {
    for (const host of ["reviews.shop.svc.cluster.local", "reviews.shop.svc", "REVIEWS.shop", "reviews", "reviews:80"])
      assert.equal(routeOf(`${host}/admin`), "admin", host);
    assert.equal(routeOf("reviews/other"), "noRoute");
    assert.equal(routeOf("reviews:8080/other"), "port");
    assert.equal(routeOf("reviews.shop/admin", { ...frontend, namespace: "checkout" }), "admin");
  });

  it("are routed by no table if namespace, labels or host differ, or by another namespace's short names", () => {
    assert.equal(routeOf("reviews/admin", { namespace: "shop", labels: { app: "other" } }), "unrouted");
    assert.equal(routeOf("reviews/admin", { namespace: "shop" }), "unrouted");
    assert.equal(routeOf("reviews.shop/admin", { ...frontend, namespace: "data" }), "unrouted");
    assert.equal(routeOf("reviews/admin", { ...frontend, namespace: "checkout" }), "unrouted");
    assert.equal(routeOf("reviews.shop.svc.cluster.local.evil/admin"), "unrouted");
    assert.equal(routeOf("ratings/admin"), "unrouted");
  });

  it("don't set the client's address, unlike gateways", () => {
    assert.equal(routeOf("reviews/"), "noRoute");
    const headers = [["X-Forwarded-For", "192.0.2.1"]] as const;
    assert.equal(
      kindOf(decide({ scheme: "http", host: "reviews", path: "/", headers, from: { sidecar: frontend } })),
      "forwarded",
    );
  });

  it("are distinguished by the protocol of a destination's port", () => {
    assert.equal(routeOf("reviews.global/x"), "virtual");
    assert.equal(routeOf("reviews.global:9000/x"), "unrouted");
    assert.equal(routeOf("reviews.global:443/x", frontend, "https"), "unrouted");
    assert.equal(routeOf("reviews.global:1234/x"), "unrouted");
    assert.equal(connect("tcp", "reviews.global", 80), "needsHttp");
  });

  it("know hosts outside the mesh only at port 80", () => {
    assert.equal(routeOf("elsewhere.example.com/x"), "unknown");
    assert.equal(routeOf("elsewhere.example.com:8080/x"), "unrouted");
  });

  it("connect by server name and by port, else to the host's own destination", () => {
    assert.equal(connect("tls", "reviews.shop.svc.cluster.local", 443), "tls");
    assert.equal(connect("tls", "reviews.shop", 443), "serverName");
    assert.equal(connect("tls", "reviews.shop", 444), "unrouted");
    assert.equal(connect("tcp", "reviews.shop", 7000), "tcp");
    assert.equal(connect("tcp", "reviews.shop", 7001), "unrouted");
    assert.equal(routeOf("reviews.shop:7000/", frontend, "https"), "tcp");
  });

  it("do not see tables of gateways, nor gateways theirs", () => {
    assert.equal(kindOf(decide({ scheme: "http", host: "reviews.global", path: "/" })), "noHost");
  });

  it("have no result while the table's host is unknown", () => {
    const open = planOf({ virtualGateways: {}, routeTables: { virtual: { ...virtual, hosts: [later] } } });
    const { decision } = prepare(open).simulate({ scheme: "http", host: "a", path: "/", from: { sidecar: frontend } });
    assert.equal(kindOf(decision), "notKnownYet");
  });

  it("are described with the table's routes, or with where the host leads", () => {
    const ask = (path: string, host: string) => {
      const question = { scheme: "http", host, path, from: { sidecar: frontend } } as const;
      return describeSimulations(question, [prepare(plan).simulate(question)]);
    };
    assert.equal(
      ask("/x", "reviews"),
      `GET http://reviews/x

  cluster   east
  caller    pod app=frontend, version=v1 in shop, by its sidecar
  host      reviews.shop.svc.cluster.local
  table     reviews

  ✗ admin      path does not begin with /admin
  ✗ port       only at port 8080
  ✗ forwarded  header x-forwarded-for is absent

  404, no route takes the request`,
    );
    assert.equal(
      ask("/", "ratings.shop.svc.cluster.local"),
      `GET http://ratings.shop.svc.cluster.local/

  cluster   east
  caller    pod app=frontend, version=v1 in shop, by its sidecar

  no table takes it, and it goes to ratings
  100% ratings  shop/ratings:80 of east
       from east  Service ratings.shop.svc.cluster.local:80`,
    );
  });

  it("can be set on the command line and in route tests", () => {
    assert.deepEqual(readQuestion("GET", "http://reviews/", { from: "sidecar:shop/app=a,b=c" }), {
      from: { sidecar: { namespace: "shop", labels: { app: "a", b: "c" } } },
      scheme: "http",
      host: "reviews",
      path: "/",
      method: "GET",
      headers: [],
    });
    assert.match(String(readQuestion("GET", "http://reviews/", { from: "sidecar:shop/app" })), /sidecar:NAMESPACE/);
    expectRoute(plan)
      .get("http://reviews/admin")
      .fromSidecar("shop", { app: "frontend" })
      .toAnswer(200)
      .viaRoute("admin");
    expectRoute(plan).get("http://reviews/admin").fromSidecar("shop").toBeUnrouted();
    expectRoute(plan).connect("tcp://reviews:7000").fromSidecar("shop", { app: "frontend" }).toReach("frontend");
    assert.throws(
      () => expectRoute(plan).get("http://reviews/admin").fromSidecar("shop", { app: "frontend" }).toBeUnrouted(),
      /to be routed by no table/,
    );
  });
});
