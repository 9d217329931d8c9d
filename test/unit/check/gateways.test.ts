import assert from "node:assert/strict";
import type { CheckOptions } from "../../../sdk/nodejs/src/check/check.js";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { gatewayArgs, shopArgs } from "../../support/shop.js";
import { findingsOf, inListeners, inTable, later } from "./findings.js";

const tls = { mode: "SIMPLE", secretName: "cert" };

function gateways(listeners: object[], overrides: Record<string, unknown> = {}) {
  const virtualGateways = {
    a: gatewayArgs({ listeners: [{ port: 443, tls }] }),
    b: gatewayArgs({ listeners, ...overrides }),
  };
  return findingsOf(shopArgs({ virtualGateways, routeTables: {} }));
}

describe("check: gateways", () => {
  it("requires unique ports (MW0304)", () => {
    assert.deepEqual(inListeners({ port: 80 }, { port: 81, targetPort: 8081 }, { port: later }, { port: later }), []);
    assert.deepEqual(inListeners({ port: 80 }, { port: 80 }), [
      ["MW0304", "VirtualGateway/web listeners[1].port", { port: 80, first: 0 }],
    ]);
    assert.deepEqual(inListeners({ port: 80, targetPort: 8080 }, { port: 8080 }), [
      ["MW0304", "VirtualGateway/web listeners[1].targetPort", { port: 8080, first: 0, differs: "port" }],
    ]);
  });

  it("names what keeps two listeners on one port from being merged (MW0304)", () => {
    const tls = (secretName: unknown) => ({ port: 443, tls: { mode: "SIMPLE", secretName } });
    const differs = (...listeners: object[]) =>
      inListeners(...listeners).map(([code, , facts]) => [code, "differs" in facts ? facts.differs : undefined]);
    assert.deepEqual(differs(tls("a"), tls("b")), [["MW0304", "certificate"]]);
    assert.deepEqual(differs(tls("a"), tls("a")), [["MW0304", undefined]]);
    assert.deepEqual(differs(tls("a"), tls(later)), [["MW0304", undefined]], "what is not known yet");
    assert.deepEqual(differs(tls("a"), { port: 443 }), [["MW0304", "protocol"]]);
    assert.deepEqual(differs({ port: 80 }, { port: 80, httpsRedirect: true }), [["MW0304", "httpsRedirect"]]);
  });

  it("accepts two certificates on one port in gateways of their own, as MW0304 advises", () => {
    const one = (name: string) =>
      gatewayArgs({
        listeners: [
          {
            port: 443,
            tls: { mode: "SIMPLE", secretName: `${name}-cert` },
            allowedRouteTables: [{ host: `${name}.example.com` }],
          },
        ],
      });
    assert.deepEqual(findingsOf(shopArgs({ virtualGateways: { a: one("a"), b: one("b") }, routeTables: {} })), []);
  });

  it("refuses ports that proxies use themselves (MW0314)", () => {
    const refused = (listener: object) => inListeners(listener).map(([code, where]) => [code, where]);
    const at = "VirtualGateway/web listeners[0]";
    for (const port of [15000, 15004, 15020, 15021, 15090]) {
      assert.deepEqual(refused({ port }), [["MW0314", `${at}.port`]]);
      assert.deepEqual(refused({ port: later, targetPort: port }), [["MW0314", `${at}.targetPort`]]);
      assert.deepEqual(refused({ port, targetPort: 8080 }), []);
    }
    for (const port of [later, 15001, 15443]) assert.deepEqual(refused({ port }), []);
  });

  it("knows which TLS modes take a secret (MW0305)", () => {
    const at = "VirtualGateway/web listeners[0].tls.secretName";
    assert.deepEqual(inListeners({ port: 443, tls: { mode: "ISTIO_MUTUAL" } }), []);
    assert.deepEqual(inListeners({ port: 443, tls: { mode: later } }), []);
    assert.deepEqual(inListeners({ port: 443, tls: { mode: "SIMPLE", secretName: later } }), []);
    assert.deepEqual(inListeners({ port: 443, tls: { mode: "MUTUAL" } }), [
      ["MW0305", at, { mode: "MUTUAL", found: false }],
    ]);
    assert.deepEqual(inListeners({ port: 443, tls: { mode: "ISTIO_MUTUAL", secretName: "x" } }), [
      ["MW0305", at, { mode: "ISTIO_MUTUAL", found: true }],
    ]);
  });

  it("requires protocol and TLS to agree (MW0306), and no redirect under TLS (MW0307)", () => {
    const at = "VirtualGateway/web listeners[0]";
    assert.deepEqual(inListeners({ port: 443, protocol: "HTTPS" }), [
      ["MW0306", `${at}.protocol`, { protocol: "HTTPS", hasTls: false }],
    ]);
    assert.deepEqual(inListeners({ port: 443, protocol: "HTTP", tls }), [
      ["MW0306", `${at}.protocol`, { protocol: "HTTP", hasTls: true }],
    ]);
    assert.deepEqual(inListeners({ port: 443, protocol: later, tls }), []);
    assert.deepEqual(inListeners({ port: 443, tls, httpsRedirect: true }), [
      ["MW0307", `${at}.httpsRedirect`, { port: 443 }],
    ]);
  });

  it("compares TLS versions (MW0308)", () => {
    const check = (fields: object) => inListeners({ port: 443, tls: { ...tls, ...fields } });
    const at = "VirtualGateway/web listeners[0].tls.minimumProtocolVersion";
    assert.deepEqual(check({ minimumProtocolVersion: "TLSv1_0", cipherSuites: ["AES128-SHA"] }), []);
    assert.deepEqual(check({ maximumProtocolVersion: later }), []);
    assert.deepEqual(check({ minimumProtocolVersion: "TLSv1_1" }), [
      ["MW0308", at, { minimum: "TLSv1_1", needsCiphers: true }],
    ]);
    assert.deepEqual(check({ minimumProtocolVersion: "TLSv1_3", maximumProtocolVersion: "TLSv1_2" }), [
      ["MW0308", at, { minimum: "TLSv1_3", maximum: "TLSv1_2", needsCiphers: false }],
    ]);
  });

  it("rejects SNI passthrough where a gateway terminates TLS of the name, whichever comes first (MW0325)", () => {
    const passed = { mode: "PASSTHROUGH" };
    const allowing = (host: string, listener: object) =>
      gatewayArgs({ listeners: [{ port: 443, allowedRouteTables: [{ host }], ...listener }] });
    const check = (opening: object, options?: CheckOptions) => {
      const virtualGateways = {
        a: allowing("Shop.example.com", opening),
        b: allowing("*.example.com", { tls: passed, targetPort: 8443 }),
      };
      const forwardTo = { destinations: [{ service: { name: "x", namespace: "x", cluster: "east" }, port: 1 }] };
      const routes = [{ name: "x", matchers: [{ sniHosts: ["shop.example.com"] }], forwardTo }];
      const table = { fleet: "prod", hosts: ["shop.example.com"], virtualGateways: ["b"], tls: routes };
      return findingsOf(shopArgs({ virtualGateways, routeTables: { table } }), options).filter(
        ([code]) => code === "MW0325",
      );
    };
    const facts = { host: "shop.example.com", port: 443, by: "VirtualGateway `a`" };
    const atTable = ["MW0325", "RouteTable/table tls[0].matchers[0].sniHosts[0]", facts];
    assert.deepEqual(check({ tls, targetPort: 8443 }), [atTable]);
    assert.deepEqual(check({ tls, targetPort: 8443, protocol: "TLS" }), [atTable]);
    for (const apart of [{ tls }, { tls: passed, targetPort: 8443 }, { tls: { mode: later }, targetPort: 8443 }])
      assert.deepEqual(check(apart), []);
    const claims = new Map<string, string>();
    const ask = (kind: Kind, name: string) => check({ tls, targetPort: 8443 }, { focus: { kind, name }, claims });
    assert.deepEqual(ask("VirtualGateway", "b"), []);
    assert.deepEqual(ask("RouteTable", "table"), [atTable]);
    assert.deepEqual(ask("VirtualGateway", "a"), [
      [
        "MW0325",
        "VirtualGateway/a listeners[0].allowedRouteTables[0].host",
        { host: "Shop.example.com", port: 443, by: "RouteTable `table`" },
      ],
    ]);
  });

  it("rejects one TLS host on two gateways of the same proxies (MW0310)", () => {
    const owned = { port: 443, cluster: "east", other: "a" };
    assert.deepEqual(gateways([{ port: 443, tls }]), [
      ["MW0310", "VirtualGateway/b listeners[0].allowedRouteTables[0].host", { host: "*", ...owned }],
    ]);
    const own = { ...tls, secretName: "own" };
    assert.deepEqual(gateways([{ port: 443, tls: own, allowedRouteTables: [{ host: "a.example.com" }] }]), []);
    assert.deepEqual(gateways([{ port: 443, tls }], { workloads: { labels: { istio: "other" } } }), []);
    assert.deepEqual(gateways([{ port: 443, tls }], { namespace: "elsewhere" }), []);
    assert.deepEqual(gateways([{ port: later, tls }]), []);
  });

  it("warns of one certificate for other hosts on the same proxies (MW0326)", () => {
    const allowedRouteTables = [{ host: "a.example.com" }];
    const facts = { secret: tls.secretName, port: 443, cluster: "east", other: "a" };
    assert.deepEqual(gateways([{ port: 443, tls, allowedRouteTables }]), [
      ["MW0326", "VirtualGateway/b listeners[0].tls.secretName", facts],
    ]);
    assert.deepEqual(gateways([{ port: 8443, tls, allowedRouteTables }]), []);
    assert.deepEqual(gateways([{ port: 443, tls: { ...tls, secretName: later }, allowedRouteTables }]), []);
  });

  it("rejects one port with and without TLS on the same proxies (MW0311)", () => {
    assert.deepEqual(gateways([{ port: 443 }]), [
      ["MW0311", "VirtualGateway/b listeners[0].port", { port: 443, cluster: "east", other: "a" }],
    ]);
  });

  it("rejects duplicate hosts and clusters (MW0508)", () => {
    const selector = { labels: { team: "shop" } };
    const hosts = ["a.example.com", "A.example.com"].map((host) => ({ host }));
    assert.deepEqual(inListeners({ port: 80, allowedRouteTables: [hosts[0], { ...hosts[0], selector }] }), []);
    assert.deepEqual(inListeners({ port: 80, allowedRouteTables: hosts }), [
      [
        "MW0508",
        "VirtualGateway/web listeners[0].allowedRouteTables[1].host",
        { what: "host", value: "a.example.com", first: 0 },
      ],
    ]);
    const clusters = ["east", "east"];
    const args = shopArgs({ virtualGateways: { web: gatewayArgs({ clusters }) } });
    assert.deepEqual(findingsOf(args), [
      ["MW0508", "VirtualGateway/web clusters[1]", { what: "cluster", value: "east", first: 0 }],
    ]);
  });
});

describe("check: hosts of tables", () => {
  const web = (allowedRouteTables: object[]) =>
    shopArgs({ virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80, allowedRouteTables }] }) } });

  it("requires hosts that every gateway allows entirely (MW0301)", () => {
    const facts = { gateway: "web", allowed: ["*.example.com"] };
    assert.deepEqual(inTable({ hosts: ["SHOP.example.com", later, "*.eu.example.com"] }), []);
    assert.deepEqual(inTable({ hosts: ["example.com", "shop.example.org"] }), [
      ["MW0301", "RouteTable/shop hosts[0]", { host: "example.com", ...facts }],
      ["MW0301", "RouteTable/shop hosts[1]", { host: "shop.example.org", ...facts }],
    ]);
    assert.deepEqual(findingsOf(web([{ host: "www.example.com" }, { host: later }])), []);
    assert.deepEqual(findingsOf(web([{ host: "www.example.com" }])), [
      [
        "MW0301",
        "RouteTable/shop hosts[0]",
        { host: "shop.example.com", gateway: "web", allowed: ["www.example.com"] },
      ],
    ]);
  });

  it("does not count a redirect as a listener that serves (MW0301)", () => {
    const virtualGateways = { web: gatewayArgs({ listeners: [{ port: 80, httpsRedirect: true }] }) };
    assert.deepEqual(findingsOf(shopArgs({ virtualGateways })), [
      ["MW0301", "RouteTable/shop hosts[0]", { host: "shop.example.com", gateway: "web", allowed: [] }],
    ]);
  });

  it("requires the labels that the gateway selects (MW0309)", () => {
    const selector = { labels: { team: "shop", tier: "1" } };
    const limited = { host: "*", selector };
    assert.deepEqual(findingsOf(web([limited, { host: "shop.example.com" }])), []);
    const facts = { table: "shop", gateway: "web", wanted: ["team=shop, tier=1"] };
    assert.deepEqual(findingsOf(web([limited])), [["MW0309", "RouteTable/shop hosts[0]", facts]]);
  });

  it("rejects duplicate hosts (MW0508), and hosts under a wildcard of the same table (MW0312)", () => {
    assert.deepEqual(inTable({ hosts: ["a.example.com", "A.example.com"] }), [
      ["MW0508", "RouteTable/shop hosts[1]", { what: "host", value: "a.example.com", first: 0 }],
    ]);
    assert.deepEqual(inTable({ hosts: ["a.eu.example.com", "*.eu.example.com", "a.us.example.com"] }), [
      ["MW0312", "RouteTable/shop hosts[0]", { host: "a.eu.example.com", by: "*.eu.example.com" }],
    ]);
    assert.deepEqual(inTable({ virtualGateways: ["web", "web"] }), [
      ["MW0508", "RouteTable/shop virtualGateways[1]", { what: "gateway", value: "web", first: 0 }],
    ]);
  });
});
