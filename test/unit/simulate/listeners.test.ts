import assert from "node:assert/strict";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { prepare } from "../../../sdk/nodejs/src/simulate/simulate.js";
import { gatewayArgs, tableArgs } from "../../support/shop.js";
import { answers, ask, plainGateway, planOf, planOfRoutes, request, routeOf } from "./ask.js";

/** Plans one table per host, on a plaintext gateway; each responds with its name. */
function planOfHosts(hosts: Readonly<Record<string, string>>, gateway: object = plainGateway) {
  const routeTables = Object.fromEntries(
    Object.entries(hosts).map(([name, host]) => [name, tableArgs({ hosts: [host], http: [answers(name)] })]),
  );
  return planOf({ virtualGateways: { web: gateway }, routeTables });
}

describe("simulated hosts", () => {
  const plan = planOfHosts({ exact: "shop.example.com", wide: "*.example.com", deep: "*.b.example.com" });
  const routeFor = (host: string | undefined) =>
    routeOf(
      prepare(plan).simulate({
        ...(host !== undefined && { host }),
        from: { cluster: "east" },
        scheme: "http",
        path: "/",
        port: 80,
      }),
    );

  it("match exactly, then by the longest wildcard", () => {
    assert.equal(routeFor("shop.example.com"), "exact");
    assert.equal(routeFor("x.example.com"), "wide");
    assert.equal(routeFor("x.b.example.com"), "deep");
    assert.equal(routeFor("b.example.com"), "wide");
    assert.equal(routeFor("x..example.com"), "wide");
  });

  it("ignore case and port", () => {
    for (const host of ["SHOP.Example.com", "shop.example.com:80", "shop.example.com:", "shop.example.com:x"])
      assert.equal(routeFor(host), "exact");
  });

  it("don't match with a trailing dot, without a label for the wildcard, or empty", () => {
    for (const host of [
      "shop.example.com.",
      "example.com",
      ".example.com",
      "",
      "other.org",
      "a:b:c.example.com",
      ":80",
    ])
      assert.equal(routeFor(host), "notFound", host);
  });

  it("are rejected if missing, or with characters that no host has", () => {
    for (const host of ["a b", "shop.example.com/x", "a\\b", "a{b", undefined])
      assert.equal(routeFor(host), "rejected", host);
  });

  it("do not fall through to a wider host if no route matches", () => {
    const narrow = planOf({
      virtualGateways: { web: plainGateway },
      routeTables: {
        shop: tableArgs({ http: [answers("only", { uri: { prefix: "/only" } })] }),
        wide: tableArgs({ hosts: ["*.example.com"], http: [answers("wide")] }),
      },
    });
    const { decision, trace } = ask(narrow, "/x");
    assert.deepEqual(decision, { kind: "notFound", status: 404, reason: "noRoute" });
    assert.deepEqual(trace?.tables, ["shop"]);
    assert.deepEqual(trace?.routes, [
      {
        table: "shop",
        route: "only",
        took: false,
        matchers: [
          { matcher: 0, took: false, failed: { on: "path", wanted: { how: "prefix", value: "/only" }, found: ["/x"] } },
        ],
      },
    ]);
  });

  it("skip a table whose routes are all for other ports", () => {
    const ports = planOf({
      virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80 }, { port: 81 }] }) },
      routeTables: {
        shop: tableArgs({ http: [answers("shop", { port: 81 })] }),
        wide: tableArgs({ hosts: ["*.example.com"], http: [answers("wide")] }),
      },
    });
    assert.equal(routeOf(ask(ports, "/")), "wide");
    assert.equal(routeOf(ask(ports, "/", { port: 81 })), "shop");
  });
});

describe("simulated listeners", () => {
  const plan = planOf({ routeTables: { shop: tableArgs({ http: [answers("it")] }) } });

  it("redirect every request to https, keeping Host and the normalized path", () => {
    assert.deepEqual(ask(plan, "/a/../b?c", { host: "Any.org:80" }).decision, {
      kind: "redirect",
      status: 301,
      location: "https://Any.org:80/b?c",
    });
  });

  it("accept TLS for their server names", () => {
    const over = (overrides: Partial<Request>) => ask(plan, "/", { scheme: "https", ...overrides }).decision;
    assert.equal(over({}).kind, "direct");
    assert.deepEqual(over({ host: "other.org" }), { kind: "refused", reason: "serverName" });
    assert.deepEqual(over({ host: "198.51.100.1" }), { kind: "refused", reason: "serverName" });
    assert.deepEqual(over({ serverName: "x.example.com" }).kind, "direct");
    assert.equal(over({ host: "x.example.com" }).kind, "notFound");
    assert.equal(over({ host: "shop.example.com." }).kind, "notFound");
  });

  it("refuse ports that nothing listens on, and TLS on plaintext ports", () => {
    assert.deepEqual(ask(plan, "/", { port: 81 }).decision, { kind: "refused", reason: "noListener" });
    assert.deepEqual(ask(plan, "/", { port: 443 }).decision, { kind: "refused", reason: "needsTls" });
    assert.deepEqual(ask(plan, "/", { scheme: "https", port: 80 }).decision, { kind: "refused", reason: "noTls" });
    assert.deepEqual(ask(plan, "/", { host: "shop.example.com:81" }).decision, {
      kind: "refused",
      reason: "noListener",
    });
  });

  it("go by the ports of clients, not by those that proxies bind", () => {
    const mapped = planOf({
      virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80, targetPort: 8080 }] }) },
      routeTables: { shop: tableArgs({ http: [answers("it", { port: 80 })] }) },
    });
    assert.equal(routeOf(ask(mapped, "/")), "it");
    assert.equal(routeOf(ask(mapped, "/", { port: 8080 })), "refused");
  });

  it("of one port and the same proxies act as one", () => {
    const shared = planOf({
      virtualGateways: {
        redirect: gatewayArgs({ listeners: [{ port: 80, httpsRedirect: true }] }),
        web: gatewayArgs({ listeners: [{ port: 80, allowedRouteTables: [{ host: "*.example.com" }] }] }),
      },
      routeTables: { shop: tableArgs({ http: [answers("it")] }) },
    });
    assert.equal(routeOf(ask(shared, "/")), "it");
    assert.equal(routeOf(ask(shared, "/", { host: "other.org" })), "redirect");
  });

  it("reject what isn't an HTTP/1.1 request", () => {
    assert.deepEqual(ask(plan, "/", { method: "FOO" }).decision, { kind: "rejected", status: 400, part: "method" });
    for (const path of ["", "x", "?q", "/a b", "/a#b", "/\u00e9", "/%00"])
      assert.deepEqual(ask(plan, path).decision, { kind: "rejected", status: 400, part: "path" }, path);
    assert.equal(ask(plan, "/", { headers: [["x", "a\nb"]] }).decision.kind, "rejected");
  });
});

describe("where a request arrives", () => {
  const inside = gatewayArgs({
    workloads: { labels: { istio: "internal" } },
    listeners: [{ port: 80 }],
    clusters: ["east"],
  });
  const plan = planOf({
    virtualGateways: { web: plainGateway, inside },
    routeTables: {
      shop: tableArgs({ http: [answers("shop")] }),
      own: tableArgs({ hosts: ["own.example.com"], virtualGateways: ["inside"], http: [answers("own")] }),
    },
  });

  it("is the gateway that has the host, unless it is named", () => {
    assert.equal(routeOf(ask(plan, "/")), "shop");
    assert.equal(routeOf(ask(plan, "/", { host: "own.example.com" })), "own");
    assert.equal(routeOf(ask(plan, "/", { from: { cluster: "east", gateway: "inside" } })), "notFound");
  });

  it("must be unambiguous", () => {
    const reason = (overrides: Partial<Request>) => {
      const { decision } = ask(plan, "/", overrides);
      return decision.kind === "unanswered" ? [decision.reason, ...decision.candidates] : [decision.kind];
    };
    assert.deepEqual(reason({ from: {} }), ["severalClusters", "east", "west"]);
    assert.deepEqual(reason({ from: { gateway: "inside" }, host: "own.example.com" }), ["direct"]);
    assert.deepEqual(reason({ from: { cluster: "north" } }), ["unknownCluster", "east", "west"]);
    assert.deepEqual(reason({ from: { cluster: "east", gateway: "wbe" } }), ["unknownGateway", "inside", "web"]);
    assert.deepEqual(reason({ host: "nobody.org" }), ["severalGateways", "inside", "web"]);
  });

  it("lists the clusters that have the gateway", () => {
    const { from: _, ...anywhere } = request("/");
    assert.deepEqual(prepare(plan).clustersFor(anywhere), ["east", "west"]);
    assert.deepEqual(prepare(plan).clustersFor({ ...anywhere, from: { gateway: "inside" } }), ["east"]);
  });

  it("omits the trace if it isn't requested", () => {
    const { trace } = prepare(planOfRoutes([answers("it")])).simulate(request("/"), { trace: false });
    assert.equal(trace, undefined);
  });
});
