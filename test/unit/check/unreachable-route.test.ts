import assert from "node:assert/strict";
import { findCovered } from "../../../sdk/nodejs/src/check/coverage/find-covered.js";
import { modelOf } from "../../support/models.js";
import { shopArgs, tableArgs } from "../../support/shop.js";
import { inRoutes, later } from "./findings.js";

const byRoute0 = [["MW0205", "RouteTable/shop http[1]", { route: "r1", by: "r0", byIndex: 0 }]];

function pair(first: object | undefined, second: object | undefined) {
  return inRoutes({ ...(first && { matchers: [first] }) }, { ...(second && { matchers: [second] }) });
}

const exact = (path: string, ignoreCase?: boolean) => ({ uri: { exact: path, ...(ignoreCase && { ignoreCase }) } });
const prefix = (path: string, ignoreCase?: boolean) => ({ uri: { prefix: path, ...(ignoreCase && { ignoreCase }) } });
const regex = (path: string) => ({ uri: { regex: path } });

describe("check: unreachable routes", () => {
  it("knows which paths cover others", () => {
    const covered: [object | undefined, object | undefined][] = [
      [undefined, undefined],
      [undefined, exact("/a")],
      [prefix("/"), undefined],
      [regex(".*"), prefix("/a")],
      [regex("/.*"), regex("/a[bc]")],
      [prefix("/a"), prefix("/ab")],
      [prefix("/a"), prefix("/a")],
      [prefix("/a"), exact("/a")],
      [prefix("/a"), regex("/a/[0-9]+/b")],
      [prefix("/A", true), prefix("/ab", true)],
      [prefix("/A", true), exact("/aB")],
      [exact("/a"), exact("/a")],
      [exact("/A", true), exact("/a")],
      [regex("/a[bc]"), regex("/a[bc]")],
      [regex("/a[bc]"), exact("/ab")],
      [regex("/a/.*"), prefix("/a/b")],
      [prefix("/a"), exact("/a")],
      [prefix("/"), { uri: { exact: later } }],
    ];
    for (const [first, second] of covered)
      assert.deepEqual(pair(first, second), byRoute0, JSON.stringify([first, second]));
  });

  it("stays silent if it isn't certain", () => {
    const live: [object | undefined, object | undefined][] = [
      [prefix("/ab"), prefix("/a")],
      [exact("/a"), prefix("/a")],
      [prefix("/a"), prefix("/A")],
      [prefix("/a"), prefix("/ab", true)],
      [exact("/a"), exact("/a", true)],
      [regex("/a[bc]"), exact("/abc")],
      [regex("/a[bc]"), prefix("/ab")],
      [prefix("/a"), regex("/a?b")],
      [prefix("/a"), regex("/a/x|/b")],
      [prefix("/a"), undefined],
      [{ uri: { prefix: later } }, { uri: { prefix: later } }],
      [{ ...prefix("/a"), headers: [{ name: "x", value: later }] }, prefix("/a/b")],
      [regex("("), exact("/(")],
    ];
    for (const [first, second] of live)
      assert.deepEqual(
        pair(first, second).filter(([code]) => code !== "MW0204"),
        [],
        JSON.stringify([first, second]),
      );
  });

  it("compares the other conditions", () => {
    const a = { name: "x-a", value: "1" };
    const any = { name: "x-a" };
    const query = { queryParameters: [{ name: "q" }] };
    const covered: [object, object][] = [
      [{}, { headers: [a] }],
      [{ headers: [a] }, { headers: [{ name: "X-A", value: "1" }, { name: "x-b" }] }],
      [{ headers: [any] }, { headers: [a] }],
      [{ headers: [{ ...a, invertMatch: true }] }, { headers: [{ ...a, invertMatch: true }] }],
      [query, { queryParameters: [{ name: "q", value: "1" }] }],
      [{ method: "GET" }, { method: "GET", port: 443 }],
      [{ headers: [any] }, { headers: [a, { name: "x-b", value: later }] }],
    ];
    for (const [first, second] of covered)
      assert.deepEqual(pair({ ...prefix("/a"), ...first }, { ...exact("/a/b"), ...second }), byRoute0);
    const live: [object, object][] = [
      [{ headers: [a] }, {}],
      [{ headers: [a] }, { headers: [any] }],
      [{ headers: [any] }, { headers: [{ ...a, invertMatch: true }] }],
      [{ headers: [{ ...any, invertMatch: true }] }, { headers: [a] }],
      [query, { queryParameters: [{ name: "Q" }] }],
      [{ method: "GET" }, { method: "POST" }],
      [{ port: 443 }, {}],
    ];
    for (const [first, second] of live)
      assert.deepEqual(pair({ ...prefix("/a"), ...first }, { ...exact("/a/b"), ...second }), []);
  });

  it("warns about covered matchers of a reachable route (MW0206)", () => {
    const routes = [
      { name: "a", matchers: [prefix("/a"), exact("/a/b")] },
      { name: "b", matchers: [prefix("/b"), exact("/a/c")] },
    ];
    assert.deepEqual(inRoutes(...routes), [
      ["MW0206", "RouteTable/shop http[0].matchers[1]", { route: "a", by: "`matchers[0]`" }],
      ["MW0206", "RouteTable/shop http[1].matchers[1]", { route: "b", by: "`a` (http[0])" }],
    ]);
  });

  it("treats a route as dead if all of its matchers are, even by one another", () => {
    const routes = [{ matchers: [prefix("/a")] }, { matchers: [exact("/a/b"), exact("/a/b")] }];
    assert.deepEqual(inRoutes(...routes), byRoute0);
  });

  it("finds subsets among very many conditions on one path", () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      matchers: [{ headers: [{ name: "x-id", value: `v${i}` }] }],
    }));
    const last = { matchers: [{ method: "GET", headers: [{ name: "x-id", value: "v450" }] }] };
    assert.deepEqual(inRoutes(...many, last), [
      ["MW0205", "RouteTable/shop http[500]", { route: "r500", by: "r450", byIndex: 450 }],
    ]);
  });

  it("costs ten times as much for ten times the routes", () => {
    const shapes: ((i: number) => object)[] = [
      (i) => exact(`/x/${i}`),
      (i) => prefix(`/p/${i}/`),
      (i) => regex(`/rx/${i}/[a-z]+`),
      (i) => (i % 2 ? regex(`/[a-z]+/${i}`) : exact(`/y/${i}`)),
      (i) => ({ ...prefix("/h"), headers: [{ name: "x-id", value: `v${i}` }, { name: `x-${i}` }] }),
      (i) => ({ method: i % 2 ? "GET" : "POST", queryParameters: [{ name: `q${i}` }] }),
    ];
    for (const shape of [...shapes, (i: number) => shapes[i % shapes.length]?.(i) ?? {}]) {
      const [few, many] = [stepsOf(200, shape), stepsOf(2000, shape)];
      assert.ok(many <= few * 11 + 20_000, `${few} steps for 200 routes, ${many} for 2000`);
    }
  });
});

function stepsOf(count: number, shape: (index: number) => object): number {
  const http = Array.from({ length: count }, (_, i) => ({
    name: `r${i}`,
    matchers: [shape(i)],
    directResponse: { status: 200 },
  }));
  const model = modelOf(shopArgs({ routeTables: { shop: tableArgs({ http }) } }));
  return findCovered(model.RouteTable.get("shop")?.http ?? []).steps;
}
