import assert from "node:assert/strict";
import { type Claims, checkModel } from "../../../sdk/nodejs/src/check/check.js";
import { rules } from "../../../sdk/nodejs/src/check/rules.js";
import { formatDiagnostics } from "../../../sdk/nodejs/src/diagnostics/format.js";
import { modelOf } from "../../support/models.js";
import { destinationArgs, fleetArgs, gatewayArgs, serviceArgs, shopArgs, tableArgs } from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

describe("check: models", () => {
  it("lists every rule once, with a description", () => {
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
    for (const { name, description } of rules) assert.match(description, /^[A-Z].*\.$/, name);
  });

  it("claims hosts for the first of two tables (MW0302)", () => {
    const routeTables = { shop: tableArgs(), second: tableArgs({ hosts: ["new.example.com", "Shop.example.com"] }) };
    const facts = { host: "Shop.example.com", gateway: "web", other: "shop" };
    const expected = [["MW0302", "RouteTable/second hosts[1]", facts]];
    assert.deepEqual(findingsOf(shopArgs({ routeTables })), expected);
    assert.deepEqual(
      findingsOf(shopArgs({ routeTables }), { focus: { kind: "RouteTable", name: "second" } }),
      expected,
    );
    assert.deepEqual(findingsOf(shopArgs({ routeTables }), { focus: { kind: "RouteTable", name: "shop" } }), []);
  });

  it("claims hosts on all gateways of the same proxies and port (MW0302)", () => {
    const shared = [{ port: 8080 }];
    const virtualGateways = { web: gatewayArgs({ listeners: shared }), other: gatewayArgs({ listeners: shared }) };
    const routeTables = { shop: tableArgs(), second: tableArgs({ virtualGateways: ["other"] }) };
    const facts = { host: "shop.example.com", gateway: "other", other: "shop" };
    assert.deepEqual(findingsOf(shopArgs({ virtualGateways, routeTables })), [
      ["MW0302", "RouteTable/second hosts[0]", facts],
    ]);
  });

  it("remembers claims between runs, and never holds one against its owner", () => {
    const claims: Claims = new Map();
    const run = (name: string, hosts = ["shop.example.com"]) =>
      findingsOf(shopArgs({ routeTables: { [name]: tableArgs({ hosts }) } }), {
        claims,
        focus: { kind: "RouteTable", name },
      });
    assert.deepEqual(run("shop"), []);
    assert.equal(claims.get("VirtualGateway/web/shop.example.com"), "shop");
    assert.deepEqual(run("shop"), []);
    assert.deepEqual(run("second", ["other.example.com", later]), []);
    assert.deepEqual(run("second"), [
      ["MW0302", "RouteTable/second hosts[0]", { host: "shop.example.com", gateway: "web", other: "shop" }],
    ]);
  });

  it("reports on the resource in focus only", () => {
    const args = shopArgs({
      virtualDestinations: { reviews: destinationArgs({ hosts: ["a.svc.cluster.local"] }) },
      routeTables: { shop: tableArgs({ hosts: ["example.org"] }) },
    });
    const codes = (kind: "RouteTable" | "VirtualDestination" | "Fleet", name: string) =>
      findingsOf(args, { focus: { kind, name } }).map(([code]) => code);
    assert.deepEqual(codes("RouteTable", "shop"), ["MW0301"]);
    assert.deepEqual(codes("VirtualDestination", "reviews"), ["MW0507"]);
    assert.deepEqual(codes("Fleet", "prod"), []);
    assert.deepEqual(codes("RouteTable", "nobody"), []);
  });

  it("finds nothing if no leaf is known, except that names are built from some (MW0529)", () => {
    const gateway = { addresses: [later], port: later, exposedHosts: [later], serviceAccount: later };
    const cluster = { network: later, mesh: later, clusterDomain: later, trustDomain: later, eastWestGateway: gateway };
    const matchers = [
      { uri: { prefix: later, ignoreCase: later }, headers: [{ name: later, value: later, regex: true }], port: later },
      { uri: { regex: later }, queryParameters: [{ name: later, value: later }], method: later },
    ];
    const service = { name: later, namespace: later, cluster: "east" };
    const destinations = [
      { service, port: later, weight: later },
      { virtualDestination: "reviews", port: later, subset: { a: later }, weight: later },
    ];
    const route = { matchers, forwardTo: { destinations, hostRewrite: later } };
    const listener = { port: later, targetPort: later, protocol: later, httpsRedirect: later };
    const tls = { mode: later, secretName: later, minimumProtocolVersion: later };
    const args = {
      fleets: { prod: fleetArgs({ east: cluster, west: cluster }) },
      virtualGateways: {
        web: gatewayArgs({
          listeners: [1, 2].map(() => ({ ...listener, tls, allowedRouteTables: [{ host: later }] })),
        }),
      },
      virtualDestinations: {
        reviews: destinationArgs({
          hosts: [later, later],
          ports: [1, 2].map(() => ({ number: later, protocol: later, targetPort: later })),
          subsets: [{ labels: { a: later } }, { labels: { a: later } }],
        }),
      },
      routeTables: {
        shop: tableArgs({
          hosts: [later, later],
          http: [
            { name: "a", ...route },
            { name: "b", ...route },
          ],
        }),
      },
    };
    assert.deepEqual(
      findingsOf(args).filter(([code]) => code !== "MW0529"),
      [],
    );
  });

  it("writes findings as text, sorted", () => {
    const http = [
      { name: "all", forwardTo: { destinations: [serviceArgs("west")] } },
      {
        name: "cart",
        matchers: [{ uri: { prefix: "/cart" } }],
        forwardTo: {
          destinations: [60, 30].map((weight) => ({ virtualDestination: "reviews", port: 80, weight })),
          pathRewrite: "/",
        },
      },
    ];
    const args = shopArgs({
      fleets: { prod: fleetArgs({ west: { eastWestGateway: undefined } }) },
      virtualDestinations: {
        reviews: destinationArgs({
          services: [{ namespace: "shop", labels: { app: "r" }, cluster: "east", serviceAccounts: ["r"] }],
        }),
      },
      routeTables: { shop: tableArgs({ hosts: ["shop.example.org"], http }) },
    });
    assert.equal(
      formatDiagnostics(checkModel(modelOf(args))),
      `error[MW0301]: VirtualGateway \`web\` does not allow host \`shop.example.org\`, \
expected one under \`*.example.com\`
  at RouteTable \`shop\`, hosts[0]
  help: use an allowed host, or ask the owners of \`web\` to add the host to \`allowedRouteTables\`

error[MW0503]: cluster \`east\` can't reach Service \`frontend.shop\` in cluster \`west\`, \
which has no east-west gateway
  at RouteTable \`shop\`, http[0].forwardTo.destinations[0]
  help: give cluster \`west\` an \`eastWestGateway\` in the fleet, \
or set the same \`network\` on both clusters if their pods reach each other directly

error[MW0205]: route \`cart\` can never match: \`all\` (http[0]) takes all of its requests first
  at RouteTable \`shop\`, http[1]
  help: move \`cart\` before \`all\`, or remove it

error[MW0203]: route \`cart\` sends 90% of its traffic, expected 100%
  at RouteTable \`shop\`, http[1].forwardTo.destinations
  found weights 60, 30
  help: add 10 to one weight, or remove all weights to split evenly

warning[MW0208]: prefix \`/cart\` with rewrite \`/\` turns \`/cart/cart\` into \`//cart\`
  at RouteTable \`shop\`, http[1].forwardTo.pathRewrite
  help: end both in a slash, or neither, or use \`regexRewrite\``,
    );
  });
});
