import assert from "node:assert/strict";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { answers, ask, planOfRoutes, routeOf } from "./ask.js";

/** Reports whether a matcher matches a request. */
function takes(matcher: object, path: string, overrides: Partial<Request> = {}): boolean {
  const asked = ask(planOfRoutes([answers("it", matcher), answers("rest")]), path, overrides);
  return routeOf(asked) === "it";
}

function sent(...headers: readonly (readonly [string, string])[]): Partial<Request> {
  return { headers };
}

describe("simulated matchers", () => {
  it("compare prefixes as text", () => {
    const matcher = { uri: { prefix: "/pre" } };
    assert.equal(takes(matcher, "/prefix?x=1"), true);
    assert.equal(takes(matcher, "/Pre"), false);
    assert.equal(takes(matcher, "//pre"), false);
    assert.equal(takes(matcher, "/x/../pre"), true);
  });

  it("compare exact paths without the query", () => {
    assert.equal(takes({ uri: { exact: "/a" } }, "/a?b=c"), true);
    assert.equal(takes({ uri: { exact: "/a" } }, "/a/"), false);
    assert.equal(takes({ uri: { exact: "/a" } }, "/%61"), true);
  });

  it("ignore case on request", () => {
    assert.equal(takes({ uri: { prefix: "/Foo", ignoreCase: true } }, "/fOO/x"), true);
    assert.equal(takes({ uri: { exact: "/Foo", ignoreCase: true } }, "/fOO"), true);
    assert.equal(takes({ uri: { exact: "/Foo", ignoreCase: true } }, "/fOO/"), false);
  });

  it("require expressions to match the whole path", () => {
    assert.equal(takes({ uri: { regex: "/rx" } }, "/rxy"), false);
    assert.equal(takes({ uri: { regex: "/r[x-z]{1,2}" } }, "/rxy?q"), true);
    assert.equal(takes({ uri: { regex: "/a|/bc" } }, "/bc"), true);
  });

  it("match each value of a header separately, as Envoy 1.40 does", () => {
    const exact = { headers: [{ name: "X", value: "a" }] };
    assert.equal(takes(exact, "/", sent(["x", "b"], ["x", "a"])), true);
    assert.equal(takes({ headers: [{ name: "x", value: "a,b" }] }, "/", sent(["x", "a"], ["x", "b"])), false);
    assert.equal(
      takes({ headers: [{ name: "x", value: "a", invertMatch: true }] }, "/", sent(["x", "b"], ["x", "a"])),
      false,
    );
  });

  it("join the values of headers that Envoy keeps only once", () => {
    const both = sent(["accept", "a"], ["Accept", "b"]);
    assert.equal(takes({ headers: [{ name: "accept", value: "a,b" }] }, "/", both), true);
    assert.equal(takes({ headers: [{ name: "accept", value: "a" }] }, "/", both), false);
  });

  it("trim values, and distinguish an empty value from none", () => {
    assert.equal(takes({ headers: [{ name: "x", value: "a" }] }, "/", sent(["x", " a\t"])), true);
    assert.equal(takes({ headers: [{ name: "x" }] }, "/", sent(["x", ""])), true);
    assert.equal(takes({ headers: [{ name: "x" }] }, "/"), false);
    assert.equal(takes({ headers: [{ name: "x", invertMatch: true }] }, "/", sent(["x", ""])), false);
    assert.equal(takes({ headers: [{ name: "x", invertMatch: true }] }, "/"), true);
  });

  it("treat a missing header as empty if a value match is inverted", () => {
    assert.equal(takes({ headers: [{ name: "x", value: "a", invertMatch: true }] }, "/"), true);
    assert.equal(takes({ headers: [{ name: "x", value: ".*", regex: true, invertMatch: true }] }, "/"), false);
    assert.equal(takes({ headers: [{ name: "x", value: ".+", regex: true, invertMatch: true }] }, "/"), true);
  });

  it("see the headers that Envoy sets and not those that it removes", () => {
    assert.equal(takes({ headers: [{ name: "x-request-id" }] }, "/"), true);
    assert.equal(
      takes({ headers: [{ name: "x-forwarded-proto", value: "http" }] }, "/", sent(["x-forwarded-proto", "https"])),
      true,
    );
    assert.equal(takes({ headers: [{ name: "x-envoy-retry-on" }] }, "/", sent(["x-envoy-retry-on", "5xx"])), false);
    assert.equal(takes({ headers: [{ name: "connection" }] }, "/", sent(["connection", "close"])), false);
    assert.equal(takes({ headers: [{ name: "te" }] }, "/", sent(["te", "gzip"])), false);
    assert.equal(takes({ headers: [{ name: "te", value: "trailers" }] }, "/", sent(["te", "gzip, trailers"])), true);
    assert.equal(
      takes({ headers: [{ name: "host", value: "Shop.example.com:80" }] }, "/", { host: "Shop.example.com:80" }),
      true,
    );
  });

  it("use the first of repeated parameters, without decoding", () => {
    const matcher = { queryParameters: [{ name: "a", value: "1" }] };
    assert.equal(takes(matcher, "/?a=1&a=2"), true);
    assert.equal(takes(matcher, "/?a=2&a=1"), false);
    assert.equal(takes(matcher, "/?a=%31"), false);
    assert.equal(takes(matcher, "/?A=1"), false);
    assert.equal(takes(matcher, "/?x=?a=1"), false);
    assert.equal(takes(matcher, "/?a=1;b"), false);
    assert.equal(takes({ queryParameters: [{ name: "a" }] }, "/?b&a"), true);
    assert.equal(takes({ queryParameters: [{ name: "a" }] }, "/?%61"), false);
    assert.equal(takes({ queryParameters: [{ name: "a", value: "b", regex: true }] }, "/?a=abc"), false);
  });

  it("compare methods exactly", () => {
    assert.equal(takes({ method: "POST" }, "/", { method: "POST" }), true);
    assert.equal(takes({ method: "POST" }, "/"), false);
  });

  it("require all conditions, of any matcher", () => {
    const both = { uri: { prefix: "/a" }, headers: [{ name: "x" }] };
    assert.equal(takes(both, "/a"), false);
    assert.equal(takes(both, "/a", sent(["x", "1"])), true);
    const plan = planOfRoutes([answers("it", { uri: { exact: "/a" } }, { uri: { exact: "/b" } })]);
    assert.deepEqual(ask(plan, "/b").decision, {
      kind: "direct",
      table: "shop",
      route: "it",
      matcher: 1,
      status: 200,
      body: "it",
    });
  });

  it("compare the port of the listener", () => {
    const plan = planOfRoutes([answers("other", { port: 8443 }), answers("own", { port: 80 })]);
    assert.equal(routeOf(ask(plan, "/")), "own");
    assert.deepEqual(ask(plan, "/").trace?.routes[0]?.matchers[0]?.failed, {
      on: "port",
      wanted: { how: "exact", value: "8443" },
      found: ["80"],
    });
  });
});
