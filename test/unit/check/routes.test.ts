import assert from "node:assert/strict";
import { serviceArgs, shopArgs } from "../../support/shop.js";
import { findingsOf, inRoutes, inTable, later } from "./findings.js";

const east = serviceArgs("east", { service: { name: "a", namespace: "shop", cluster: "east" } });

function forward(fields: object) {
  return { forwardTo: { destinations: [{ virtualDestination: "reviews" }], ...fields } };
}

function weighted(...weights: (number | string | undefined)[]) {
  return forward({ destinations: weights.map((weight) => ({ virtualDestination: "reviews", weight })) });
}

describe("check: routes", () => {
  it("rejects a body on statuses without one, once it is known (MW0215)", () => {
    const found = inRoutes({ directResponse: { status: 204, body: "a" } });
    assert.deepEqual(
      found.map(([code]) => code),
      ["MW0215"],
    );
    assert.deepEqual(inRoutes({ directResponse: { status: 204, body: later } }), []);
  });

  it("finds nothing in the example", () => {
    assert.deepEqual(findingsOf(shopArgs()), []);
  });

  it("rejects two routes with the same name (MW0202)", () => {
    const routes = [
      { name: "a", matchers: [{ uri: { prefix: "/a" } }] },
      { name: "a", matchers: [{ uri: { prefix: "/b" } }] },
    ];
    assert.deepEqual(inRoutes(...routes), [
      ["MW0202", "RouteTable/shop http[1].name", { route: "a", list: "http", first: 0 }],
    ]);
  });

  it("accepts weights that add up or leave enough (MW0203)", () => {
    for (const weights of [
      [60, 40],
      [100, 0],
      [50, undefined],
      [99, undefined],
      [30],
      [undefined, undefined],
      [later, 50],
    ])
      assert.deepEqual(inRoutes(weighted(...weights)), [], String(weights));
  });

  it("rejects weights that do not add up (MW0203)", () => {
    const at = "RouteTable/shop http[0].forwardTo.destinations";
    const cases: [(number | string | undefined)[], (number | null)[], number][] = [
      [[60, 30], [60, 30], 90],
      [[0, 0], [0, 0], 0],
      [[100, undefined], [100, null], 100],
      [[99, undefined, undefined], [99, null, null], 99],
      [[later, 60, 50], [60, 50], 110],
    ];
    for (const [given, weights, total] of cases)
      assert.deepEqual(inRoutes(weighted(...given)), [["MW0203", at, { route: "r0", weights, total }]]);
  });

  it("rejects expressions that RE2 rejects, wherever they are (MW0204)", () => {
    const matcher = {
      uri: { regex: "/(?=a)b" },
      headers: [{ name: "x-a", value: "(a)\\1", regex: true }],
      queryParameters: [{ name: "q", value: "(?<!a)b", regex: true }],
    };
    const rewrite = forward({ regexRewrite: { pattern: { regex: "(" }, substitution: "x" } });
    const at = "RouteTable/shop http[0]";
    assert.deepEqual(inRoutes({ matchers: [matcher], ...rewrite }), [
      ["MW0204", `${at}.forwardTo.regexRewrite.pattern.regex`, { pattern: "(", reason: "missing closing ): `(`" }],
      ["MW0204", `${at}.matchers[0].headers[0].value`, { pattern: "(a)\\1", reason: "it has a back-reference" }],
      ["MW0204", `${at}.matchers[0].queryParameters[0].value`, { pattern: "(?<!a)b", reason: "it has a look-behind" }],
      ["MW0204", `${at}.matchers[0].uri.regex`, { pattern: "/(?=a)b", reason: "it has a look-ahead" }],
    ]);
  });

  it("rejects empty and long header expressions (MW0104)", () => {
    const long = "a".repeat(1025);
    const headers = [
      { name: "x-a", value: "", regex: true },
      { name: "x-b", value: long, regex: true },
      { name: "x-c", value: later, regex: true },
    ];
    const facts = { minimum: 1, maximum: 1024, unit: "bytes" };
    assert.deepEqual(inRoutes({ matchers: [{ headers }] }), [
      ["MW0104", "RouteTable/shop http[0].matchers[0].headers[0].value", { found: 0, ...facts }],
      ["MW0104", "RouteTable/shop http[0].matchers[0].headers[1].value", { found: 1025, ...facts }],
    ]);
  });

  it("rejects substitutions that the pattern can't fill (MW0214)", () => {
    const at = "RouteTable/shop http[0].forwardTo.regexRewrite.substitution";
    const check = (substitution: string, regex = "/a/(b)") =>
      inRoutes(forward({ regexRewrite: { pattern: { regex }, substitution } }));
    for (const good of ["/\\1", "\\0", "/c\\\\d", "/plain", later]) assert.deepEqual(check(good), []);
    assert.deepEqual(check("\\9", later), []);
    const reasons: [string, string][] = [
      ["/\\2", "`\\2` asks for group 2, and the pattern has 1 group"],
      ["/\\n", "`\\n` is not a group, and a plain backslash is written `\\\\`"],
      ["/\\", "`\\` is not a group, and a plain backslash is written `\\\\`"],
      ["", "it is empty, which Istio takes for missing"],
    ];
    for (const [substitution, reason] of reasons)
      assert.deepEqual(check(substitution), [["MW0214", at, { substitution, reason }]]);
  });

  it("requires a prefix or an exact path for a path rewrite (MW0207)", () => {
    const rewrite = forward({ pathRewrite: "/b" });
    const at = "RouteTable/shop http[0].forwardTo.pathRewrite";
    assert.deepEqual(inRoutes({ matchers: [{ uri: { prefix: "/a" } }, { uri: { exact: "/c" } }], ...rewrite }), []);
    assert.deepEqual(inRoutes(rewrite), [["MW0207", at, { route: "r0", kind: "no path" }]]);
    assert.deepEqual(inRoutes({ matchers: [{ uri: { prefix: "/a" } }, { uri: { regex: "/c.+" } }], ...rewrite }), [
      ["MW0207", at, { route: "r0", matcher: 1, kind: "a regular expression" }],
    ]);
    assert.deepEqual(inRoutes({ matchers: [{ method: "GET" }], ...rewrite }), [
      ["MW0207", at, { route: "r0", matcher: 0, kind: "no path" }],
    ]);
  });

  it("warns about rewrites that leave two slashes or none (MW0208)", () => {
    const check = (prefix: string, pathRewrite: string) =>
      inRoutes({ matchers: [{ uri: { prefix } }], ...forward({ pathRewrite }) });
    const at = "RouteTable/shop http[0].forwardTo.pathRewrite";
    for (const [prefix, rewrite] of [
      ["/foo/", "/"],
      ["/foo", "/bar"],
      [later, "/"],
      ["/foo", later],
    ] as const)
      assert.deepEqual(check(prefix, rewrite), []);
    assert.deepEqual(check("/foo", "/"), [
      ["MW0208", at, { prefix: "/foo", rewrite: "/", example: "/foo/cart", result: "//cart" }],
    ]);
    assert.deepEqual(check("/foo/", "/bar"), [
      ["MW0208", at, { prefix: "/foo/", rewrite: "/bar", example: "/foo/cart", result: "/barcart" }],
    ]);
  });

  it("requires a destination (MW0209)", () => {
    assert.deepEqual(inRoutes({ forwardTo: {} }), [["MW0209", "RouteTable/shop http[0].forwardTo", { route: "r0" }]]);
    assert.deepEqual(inTable({ http: [{ name: "all", forwardTo: {} }], defaultDestination: east }), []);
  });

  it("requires at most one condition of a type per header and parameter (MW0211)", () => {
    const good = [
      { name: "X-A", value: "1" },
      { name: "x-a", value: "2", invertMatch: true },
      { name: later },
      { name: later },
    ];
    assert.deepEqual(inRoutes({ matchers: [{ headers: good }] }), []);
    const headers = [{ name: "X-A", value: "1" }, { name: "x-b" }, { name: "x-a" }];
    const queryParameters = [{ name: "q" }, { name: "Q" }, { name: "q", value: "1" }];
    assert.deepEqual(inRoutes({ matchers: [{ headers, queryParameters }] }), [
      ["MW0211", "RouteTable/shop http[0].matchers[0].headers", { name: "x-a", indexes: [0, 2] }],
      ["MW0211", "RouteTable/shop http[0].matchers[0].queryParameters", { name: "q", indexes: [0, 2] }],
    ]);
  });

  it("requires ports of listeners that serve routes (MW0212)", () => {
    assert.deepEqual(inRoutes({ matchers: [{ port: 443 }] }), []);
    assert.deepEqual(inRoutes({ matchers: [{ port: 80 }] }), [
      [
        "MW0212",
        "RouteTable/shop http[0].matchers[0].port",
        { port: 80, listeners: [443], gateways: ["web"], use: "httpsRedirect" },
      ],
    ]);
  });

  it("warns about methods that HTTP does not define (MW0213)", () => {
    const known = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    assert.deepEqual(inRoutes({ matchers: [{ method: "GET" }, { method: later }] }), []);
    assert.deepEqual(inRoutes({ matchers: [{ method: "get" }] }), [
      ["MW0213", "RouteTable/shop http[0].matchers[0].method", { method: "get", known }],
    ]);
  });
});
