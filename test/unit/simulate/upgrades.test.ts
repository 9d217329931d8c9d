/** Upgrades and headers that `Connection` lists, as the differential test finds them at Envoy 1.40.0. */
import assert from "node:assert/strict";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { answers, ask, planOfRoutes, request, routeOf } from "./ask.js";

const plan = planOfRoutes([
  answers("websocket", { headers: [{ name: "upgrade", value: "websocket" }] }),
  answers("header", { headers: [{ name: "x-a" }] }),
  answers("rest", { uri: { prefix: "/" } }),
]);

const route = (...headers: (readonly [string, string])[]): string => routeOf(ask(plan, "/", { headers }));
const status = (...headers: (readonly [string, string])[]): unknown => {
  const { decision } = ask(plan, "/", { headers });
  return decision.kind === "rejected" ? `${decision.status} ${decision.part}` : decision.kind;
};

describe("simulated upgrades", () => {
  it("match by the headers of a websocket's handshake", () => {
    assert.equal(route(["Connection", "keep-alive, Upgrade"], ["Upgrade", "websocket"]), "websocket");
    assert.equal(route(["connection", "keep-alive"], ["connection", "upgrade"], ["upgrade", "websocket"]), "websocket");
  });

  it("need both headers", () => {
    assert.equal(route(["upgrade", "websocket"]), "rest");
    assert.equal(route(["connection", "upgrade"]), "rest");
    assert.equal(route(["connection", "close"], ["upgrade", "websocket"]), "rest");
  });

  it("to HTTP/2 are ignored", () => {
    assert.equal(route(["connection", "upgrade, http2-settings"], ["upgrade", "h2c"]), "rest");
  });

  it("to other protocols get 403 where a route matches, else 404", () => {
    const headers: (readonly [string, string])[] = [
      ["connection", "upgrade"],
      ["upgrade", "tls/1.2"],
    ];
    assert.equal(status(...headers), "403 upgrade");
    const { decision } = ask(planOfRoutes([answers("a", { uri: { prefix: "/a" } })]), "/", { headers });
    assert.equal(decision.kind, "notFound");
    const asked = request("/", { headers });
    assert.match(
      describeSimulations(asked, [ask(plan, "/", { headers })]),
      /403, Istio's proxies switch to no protocol/,
    );
  });
});

describe("headers that Connection lists", () => {
  it("are gone before routes are matched", () => {
    assert.equal(route(["x-a", "1"]), "header");
    assert.equal(route(["x-a", "1"], ["connection", "close, X-A"]), "rest");
  });

  it("stay in an upgrade", () => {
    assert.equal(route(["connection", "x-a, upgrade"], ["upgrade", "WebSocket"], ["x-a", "1"]), "header");
  });

  it("are refused if they tell who the client is, or if there are too many", () => {
    assert.equal(status(["connection", "X-Forwarded-For"]), "400 connection");
    assert.equal(status(["connection", ":path"]), "400 connection");
    assert.equal(status(["connection", "a,b,c,d,e,f,g,h,i,j"]), "400 connection");
    assert.equal(status(["connection", "a,b,c,d,e,f,g,h,i,"]), "direct");
  });
});
