import assert from "node:assert/strict";
import { destinationArgs, gatewayArgs, shopArgs, tableArgs } from "../../support/shop.js";
import { type Found, findingsOf, later } from "./findings.js";

const toReviews = { forwardTo: { destinations: [{ virtualDestination: "reviews" }] } };

/** Returns the findings about a table with these routes, beside what else a model has. */
function inModel(http: readonly object[], more: Record<string, object> = {}, table: object = {}): Found[] {
  const named = http.map((route, index) => ({ name: `r${index}`, ...route }));
  return findingsOf(shopArgs({ routeTables: { shop: tableArgs({ http: named, ...table }) }, ...more }));
}

function codesOf(found: readonly Found[]): readonly string[] {
  return found.map(([code]) => code);
}

const ORIGIN = "https://www.example.com";

function cors(fields: object, ...routes: object[]): readonly string[] {
  const corsPolicies = { pages: { allowOrigins: [{ exact: ORIGIN }], ...fields } };
  return codesOf(
    inModel(
      routes.map((route) => ({ ...toReviews, ...route })),
      { corsPolicies },
    ),
  );
}

const pages = ["pages"];

function at(prefix: string, rest: object = {}): object {
  return { uri: { prefix }, ...rest };
}

describe("check: policies without effect", () => {
  it("warns of a hash under weights, unless one destination gets everything (MW0250)", () => {
    const weighted = (...weights: unknown[]) => ({
      forwardTo: {
        destinations: weights.map((weight, i) => ({ virtualDestination: i ? "other" : "reviews", weight })),
      },
    });
    const virtualDestinations = {
      reviews: destinationArgs({ policies: ["hash"] }),
      other: destinationArgs({ hosts: ["other.global"] }),
    };
    const found = (...weights: unknown[]): Found[] =>
      inModel([weighted(...weights)], {
        virtualDestinations,
        loadBalancerPolicies: { hash: { consistentHash: { httpHeaderName: "x-user" } } },
      }).filter(([code]) => code === "MW0250");
    const facts = { route: "r0", destination: "reviews", policy: "hash", parts: 2 };
    const place = "RouteTable/shop http[0].forwardTo.destinations[0]";
    assert.deepEqual(found(50, 50), [["MW0250", place, facts]]);
    assert.deepEqual(found(undefined, undefined), [["MW0250", place, facts]]);
    for (const weights of [[100, 0], [0, 100], [100], [later, 50]]) assert.deepEqual(found(...weights), []);
  });

  it("looks for the route that takes preflight requests (MW0251)", () => {
    const put = { matchers: [at("/a", { method: "PUT" })], policies: pages };
    assert.deepEqual(cors({}, put), ["MW0251"]);
    assert.deepEqual(cors({}, put, { matchers: [at("/a", { method: "OPTIONS" })], policies: pages }), []);
    assert.deepEqual(cors({}, put, { matchers: [at("/")], policies: pages }), []);
    // the route that takes them answers without permission
    assert.deepEqual(cors({}, put, { matchers: [at("/a", { method: "OPTIONS" })] }), ["MW0251"]);
    assert.deepEqual(cors({}, put, { matchers: [at("/b")], policies: pages }), ["MW0251"]);
    assert.deepEqual(cors({}, { matchers: [at("/a", { headers: [{ name: "authorization" }] })], policies: pages }), [
      "MW0251",
    ]);
    for (const name of ["origin", "x-forwarded-host", "sec-fetch-mode", later])
      assert.deepEqual(cors({}, { matchers: [at("/a", { headers: [{ name }] })], policies: pages }), [], name);
  });

  it("accepts a route that pages call without preflight requests (MW0251)", () => {
    const get = { matchers: [at("/a", { method: "GET" })], policies: pages };
    assert.deepEqual(cors({}, get), []);
    assert.deepEqual(cors({ allowMethods: ["GET"] }, get), ["MW0251"]);
    assert.deepEqual(cors({}, { matchers: [at("/a", { method: later })], policies: pages }), []);
  });

  it("reports an empty list that inherits (MW0252)", () => {
    const jwt = { setRequestHeaders: { "x-a": "b" } };
    const more = (policies: string[]) => ({
      virtualGateways: { web: gatewayArgs({ policies }) },
      headerManipulationPolicies: { tag: jwt, other: { applyToRoutes: [{ route: { labels: { a: "b" } } }], ...jwt } },
    });
    const empty = { ...toReviews, policies: [] };
    const fact = { policies: ["HeaderManipulationPolicy/tag"] };
    assert.deepEqual(inModel([empty], more(["tag"])), [
      ["MW0252", "RouteTable/shop http[0].policies", { on: "route", ...fact }],
    ]);
    assert.deepEqual(inModel([toReviews], more(["tag"]), { policies: [] }), [
      ["MW0252", "RouteTable/shop policies", { on: "table", ...fact }],
    ]);
    assert.deepEqual(codesOf(inModel([empty], more([]), { policies: ["tag"] })), ["MW0252"]);
    assert.deepEqual(inModel([empty], more([])), []);
    assert.deepEqual(inModel([empty], more(["other"])), []);
    assert.deepEqual(inModel([toReviews], more(["tag"])), []);
  });

  it("reports an empty list of a delegated route (MW0252)", () => {
    const found = inModel([{ delegate: { routeTables: ["child"] }, policies: ["tag"] }], {
      headerManipulationPolicies: { tag: { setRequestHeaders: { "x-a": "b" } } },
      routeTables: {
        shop: tableArgs({ http: [{ name: "all", delegate: { routeTables: ["child"] }, policies: ["tag"] }] }),
        child: { fleet: "prod", http: [{ name: "own", ...toReviews, policies: [] }] },
      },
    });
    const facts = { on: "route", policies: ["HeaderManipulationPolicy/tag"] };
    assert.deepEqual(found, [["MW0252", "RouteTable/child http[0].policies", facts]]);
  });

  it("reports policies that meet no request of any route (MW0253)", () => {
    const csrf = (...methods: (string | undefined)[]) =>
      codesOf(
        inModel(
          [{ ...toReviews, matchers: methods.map((method) => ({ ...(method && { method }) })), policies: ["own"] }],
          {
            csrfPolicies: { own: {} },
          },
        ),
      ).filter((code) => code === "MW0253");
    assert.deepEqual(csrf("GET", "HEAD"), ["MW0253"]);
    for (const methods of [["GET", "POST"], [undefined], [later], []]) assert.deepEqual(csrf(...methods), []);
    const compressed = (action: object) =>
      codesOf(inModel([{ ...action, policies: ["small"] }], { compressionPolicies: { small: {} } }));
    const body = "x".repeat(30);
    assert.deepEqual(compressed({ directResponse: { status: 200, body: body.slice(1) } }), ["MW0253"]);
    assert.deepEqual(compressed({ directResponse: { status: 200, body } }), []);
    assert.deepEqual(compressed({ directResponse: { status: 200, body: later } }), []);
    assert.deepEqual(compressed({ redirect: { hostRedirect: "a.example.com" } }), ["MW0253"]);
    assert.deepEqual(compressed(toReviews), []);
  });

  it("expects time for more than one try (MW0474)", () => {
    const check = (perTryTimeout: string, requestTimeout: string) =>
      codesOf(
        inModel([{ ...toReviews, policies: ["times"] }], {
          retryTimeoutPolicies: { times: { requestTimeout, retries: { perTryTimeout } } },
        }),
      );
    assert.deepEqual(check("2s", "2000ms"), ["MW0474"]);
    assert.deepEqual(check("3s", "2s"), ["MW0474"]);
    assert.deepEqual(check("1999ms", "2s"), []);
    assert.deepEqual(check(later, "2s"), []);
    assert.deepEqual(check("3s", later), []);
  });

  it("rejects methods of proxies (MW0254)", () => {
    assert.deepEqual(codesOf(inModel([{ ...toReviews, matchers: [{ method: "CONNECT" }] }])), ["MW0254"]);
  });

  it("says how browsers write an origin (MW0475)", () => {
    const check = (origin: object) => {
      const corsPolicies = { pages: { allowOrigins: [origin] } };
      return inModel([{ ...toReviews, policies: pages }], { corsPolicies }).map(([code, , facts]) => [code, facts]);
    };
    for (const value of [`${ORIGIN}/`, "www.example.com", "https://WWW.example.com"])
      assert.deepEqual(check({ exact: value }), [["MW0475", { kind: "exact", value, instead: ORIGIN }]]);
    const path = `${ORIGIN}/app`;
    assert.deepEqual(check({ exact: path }), [["MW0475", { kind: "exact", value: path }]]);
    assert.deepEqual(check({ regex: "www\\..*" }), [["MW0475", { kind: "regex", value: "www\\..*" }]]);
    for (const origin of [
      { exact: ORIGIN },
      { exact: "*" },
      { exact: "null" },
      { prefix: "h" },
      { prefix: `${ORIGIN}:` },
      { regex: ".*" },
      { regex: "https?://[a-z]+\\.test(:\\d+)?" },
      { exact: later },
    ])
      assert.deepEqual(check(origin), [], JSON.stringify(origin));
  });
});
