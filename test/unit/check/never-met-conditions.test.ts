import assert from "node:assert/strict";
import { shopArgs, tableArgs } from "../../support/shop.js";
import { type Found, findingsOf, inRoutes, later } from "./findings.js";

const AT = "RouteTable/shop http[0].matchers[0]";

function inMatcher(matcher: object): Found[] {
  return inRoutes({ matchers: [matcher] });
}

describe("check: conditions that no request meets", () => {
  it("says what to write instead of paths that Envoy normalizes (MW0216)", () => {
    const instead: readonly (readonly [string, string])[] = [
      ["/a/../b", "/b"],
      ["/%7Euser", "/~user"],
      ["/{id}", "/%7Bid%7D"],
      ["/a\\b", "/a/b"],
      ["/é", "/%C3%A9"],
    ];
    for (const [found, path] of instead)
      assert.deepEqual(inMatcher({ uri: { exact: found } }), [
        ["MW0216", `${AT}.uri.exact`, { found, kind: "exact", instead: path }],
      ]);
    assert.deepEqual(inMatcher({ uri: { prefix: "/a%00" } }), [
      ["MW0216", `${AT}.uri.prefix`, { found: "/a%00", kind: "prefix" }],
    ]);
  });

  it("accepts paths that some request has, and unknown ones (MW0216)", () => {
    for (const exact of ["/..;x/b", "/a%2Fb", "//a", "/.well-known", "/%zz", "/a;v=1", later])
      assert.deepEqual(inMatcher({ uri: { exact } }), [], exact);
    for (const prefix of ["/a/..", "/.", "/%7", "/a%", later])
      assert.deepEqual(inMatcher({ uri: { prefix } }), [], prefix);
  });

  it("tells why an expression matches no path (MW0217)", () => {
    const needs = { "users/.*": "no slash", "/a\\?b=.*": "query", "/\\{id\\}": "other", "/a/\\.\\./b": "other" };
    for (const [pattern, reason] of Object.entries(needs))
      assert.deepEqual(inMatcher({ uri: { regex: pattern } }), [
        ["MW0217", `${AT}.uri.regex`, { pattern, needs: reason, use: "matcher" }],
      ]);
    for (const regex of ["/a\\??", "/[^?]+", "/(a|b c)", "/.*", later])
      assert.deepEqual(inMatcher({ uri: { regex } }), [], regex);
  });

  it("judges a header that gateways remove by how the condition treats absence (MW0218)", () => {
    const name = "x-envoy-internal";
    const cases: readonly (readonly [object, boolean])[] = [
      [{}, false],
      [{ value: "true" }, false],
      [{ value: ".*", regex: true }, false],
      [{ invertMatch: true }, true],
      [{ value: "true", invertMatch: true }, true],
      [{ value: "", invertMatch: true }, false],
      [{ value: "a*", regex: true, invertMatch: true }, false],
    ];
    for (const [condition, holds] of cases)
      assert.deepEqual(inMatcher({ headers: [{ name, ...condition }] }), [
        ["MW0218", `${AT}.headers[0]`, { header: name, fate: "removed", holds }],
      ]);
  });

  it("accepts headers of which enough is left (MW0218)", () => {
    for (const header of [
      { name: "x-envoy-external-address", value: "192.0.2.1" },
      { name: "x-envoy-attempt-count" },
      { name: "upgrade", value: "websocket" },
      { name: "connection", value: "Upgrade" },
      { name: "connection" },
      { name: "te", value: "trailers" },
      { name: "x-forwarded-proto", value: "https" },
      { name: "x-forwarded-proto", value: "http", invertMatch: true },
      { name: "x-request-id", value: "[0-9a-f-]+", regex: true },
      { name: "x-envoy-internal", value: later },
      { name: later },
    ])
      assert.deepEqual(inMatcher({ headers: [header] }), [], JSON.stringify(header));
  });

  it("leaves out tables of sidecars, which remove fewer headers (MW0218)", () => {
    const http = [
      { name: "a", matchers: [{ headers: [{ name: "x-envoy-internal" }] }], directResponse: { status: 200 } },
    ];
    const routeTables = { shop: tableArgs({ http, sidecars: { namespaces: ["shop"] } }) };
    const codes = findingsOf(shopArgs({ routeTables })).map(([code]) => code);
    assert.ok(!codes.includes("MW0218"), String(codes));
  });

  it("says what to write instead of values that no request carries (MW0219)", () => {
    const parameter = (value: string, instead: string): void =>
      assert.deepEqual(inMatcher({ queryParameters: [{ name: "q", value }] }), [
        ["MW0219", `${AT}.queryParameters[0].value`, { what: "value of a query parameter", found: value, instead }],
      ]);
    parameter("a b", "a%20b");
    parameter("a&b#é", "a%26b%23%C3%A9");
    assert.deepEqual(inMatcher({ headers: [{ name: "x-a", value: " a" }] }), [
      ["MW0219", `${AT}.headers[0].value`, { what: "value of a header", found: " a", instead: "a" }],
    ]);
    for (const value of ["a%20b", "a+b", "%7Eu", "a?b", '"<>', "", later])
      assert.deepEqual(inMatcher({ queryParameters: [{ name: "q", value }] }), [], value);
    for (const value of ["a b", "é", "", "a\tb"])
      assert.deepEqual(inMatcher({ headers: [{ name: "x-a", value }] }), [], value);
  });

  it("accepts the expressions of a large table (MW0217)", () => {
    const http = Array.from({ length: 300 }, (_, index) => ({
      name: `r${index}`,
      matchers: [{ uri: { regex: `/r${index}/[^/]+/[a-f0-9]{8}\\.json` } }],
      directResponse: { status: 200 },
    }));
    assert.deepEqual(findingsOf(shopArgs({ routeTables: { shop: tableArgs({ http }) } })), []);
  });
});
