import assert from "node:assert/strict";
import type { ModelArgs } from "../../support/models.js";
import { destinationArgs, externalArgs, fleetArgs, shopArgs } from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

const at = "VirtualDestination/reviews";
const labels = { app: "reviews" };

function check(fields: Record<string, unknown>, fleet: Parameters<typeof fleetArgs>[0] = {}) {
  const virtualDestinations = { reviews: destinationArgs(fields) };
  return findingsOf(shopArgs({ fleets: { prod: fleetArgs(fleet) }, virtualDestinations, routeTables: {} }));
}

describe("check: virtual destinations", () => {
  it("requires an east-west gateway in clusters with backends (MW0503)", () => {
    const bare = { west: { eastWestGateway: undefined } };
    const facts = { from: "east", to: "west", destination: "VirtualDestination `reviews`" };
    assert.deepEqual(check({}, bare), [["MW0503", `${at} services[0]`, facts]]);
    const services = [{ namespace: "shop", labels, cluster: "east", serviceAccounts: ["r"] }];
    assert.deepEqual(check({ services }, bare), []);
    assert.deepEqual(check({}, { west: { network: later, eastWestGateway: undefined } }), []);
  });

  it("does not blame the destination for callers without identity", () => {
    assert.deepEqual(check({}, { east: { mesh: "NONE" } }), []);
  });

  it("requires one namespace per cluster (MW0505)", () => {
    const serviceAccounts = ["r"];
    const apart = [
      { namespace: "a", labels, cluster: "east", serviceAccounts },
      { namespace: "b", labels, cluster: "west", serviceAccounts },
    ];
    assert.deepEqual(check({ services: apart }), []);
    const together = [...apart, { namespace: "b", labels, cluster: "east", serviceAccounts }];
    assert.deepEqual(check({ services: together }), [
      ["MW0505", `${at} services`, { cluster: "east", namespaces: ["a", "b"] }],
    ]);
  });

  it("requires one namespace per network (MW0505)", () => {
    const apart = [
      { namespace: "a", labels, cluster: "east", serviceAccounts: ["r"] },
      { namespace: "b", labels, cluster: "west", serviceAccounts: ["r"] },
    ];
    const flat = { prod: fleetArgs({ east: { network: "one" }, west: { network: "one" } }) };
    const found = findingsOf(
      shopArgs({
        fleets: flat,
        routeTables: {},
        virtualDestinations: { reviews: destinationArgs({ services: apart }) },
      }),
    );
    assert.deepEqual(found, [["MW0505", `${at} services`, { cluster: "east", namespaces: ["a", "b"] }]]);
  });

  it("rejects a host of another destination (MW0506)", () => {
    const two = (kind: "virtualDestinations" | "externalServices", second: object): ModelArgs =>
      shopArgs({ routeTables: {}, [kind]: { ...shopArgs()[kind], second } });
    assert.deepEqual(
      findingsOf(two("virtualDestinations", destinationArgs({ hosts: ["b.global", "Reviews.global"] }))),
      [
        [
          "MW0506",
          "VirtualDestination/second hosts[1]",
          { host: "Reviews.global", other: "VirtualDestination `reviews`", namespace: "*", areExternal: false },
        ],
      ],
    );
    assert.deepEqual(findingsOf(two("externalServices", externalArgs({ hosts: ["reviews.global"] }))), [
      [
        "MW0506",
        "ExternalService/second hosts[0]",
        { host: "reviews.global", other: "VirtualDestination `reviews`", namespace: "*", areExternal: false },
      ],
    ]);
  });

  it("reports where two external services overlap, and how to avoid it", () => {
    const externalServices = { a: externalArgs({ exportTo: ["a"] }), b: externalArgs({ exportTo: ["b", "a"] }) };
    const [facts] = findingsOf(shopArgs({ routeTables: {}, externalServices })).map(([, , each]) => each);
    assert.deepEqual(facts, { ...facts, other: "ExternalService `a`", namespace: "a", areExternal: true });
  });

  it("lets external services share a host if no caller sees both", () => {
    const share = (first: Record<string, unknown>, second: Record<string, unknown>) => {
      const externalServices = { a: externalArgs(first), b: externalArgs(second) };
      return findingsOf(shopArgs({ routeTables: {}, externalServices })).map(([code]) => code);
    };
    assert.deepEqual(share({ clusters: ["east"] }, { clusters: ["west"] }), []);
    assert.deepEqual(share({ exportTo: ["a"] }, { exportTo: ["b"] }), []);
    assert.deepEqual(share({ exportTo: ["a"] }, { exportTo: ["b", "a"] }), ["MW0506"]);
    assert.deepEqual(share({ exportTo: ["a"] }, {}), ["MW0506"]);
    assert.deepEqual(share({}, { exportTo: ["a"] }), ["MW0506"]);
  });

  it("rejects hosts of Kubernetes Services (MW0507)", () => {
    const hosts = ["reviews.shop.svc.west.local", "reviews.svc.east.local.global"];
    assert.deepEqual(check({ hosts }, { west: { clusterDomain: "west.local" }, east: { clusterDomain: later } }), [
      ["MW0507", `${at} hosts[0]`, { host: "reviews.shop.svc.west.local", suffix: "svc.west.local" }],
    ]);
  });

  it("rejects duplicate entries (MW0508)", () => {
    const service = { namespace: "shop", labels, serviceAccounts: ["r"] };
    const fields = {
      hosts: ["a.global", "A.global"],
      services: [service, { ...service, serviceAccounts: ["other"] }],
      ports: [80, 80, later, later].map((number) => ({ number, protocol: "HTTP" })),
      subsets: [{ labels: { a: "1", b: "2" } }, { labels: { b: "2", a: "1" } }],
      exportTo: ["a", "a"],
    };
    assert.deepEqual(check(fields), [
      ["MW0508", `${at} exportTo[1]`, { what: "namespace", value: "a", first: 0 }],
      ["MW0508", `${at} hosts[1]`, { what: "host", value: "a.global", first: 0 }],
      ["MW0508", `${at} ports[1].number`, { what: "port", value: 80, first: 0 }],
      ["MW0508", `${at} services[1]`, { what: "service", value: "shop/app=reviews", first: 0 }],
      ["MW0508", `${at} subsets[1]`, { what: "subset", value: "a=1,b=2", first: 0 }],
    ]);
  });

  it("warns about backends without locality in several networks (MW0510)", () => {
    const facts = { cluster: "west", destination: "reviews" };
    assert.deepEqual(check({}, { west: { locality: undefined } }), [["MW0510", `${at} services[0]`, facts]]);
    assert.deepEqual(check({}, { west: { locality: undefined, network: "east" } }), []);
  });

  it("warns about identities that are not pinned (MW0511)", () => {
    const services = [{ namespace: "shop", labels }];
    assert.deepEqual(check({ services }), [["MW0511", `${at} services[0]`, { clusters: ["east", "west"] }]]);
    assert.deepEqual(check({ services, clientMode: { tlsTermination: {} } }), []);
    assert.deepEqual(check({ services }, { west: { network: "east" } }), []);
    const named = [...services, { namespace: "shop", labels, cluster: "west", serviceAccounts: ["reviews"] }];
    assert.deepEqual(check({ services: named }), [["MW0511", `${at} services[0]`, { clusters: ["east", "west"] }]]);
  });

  it("reports a fleet without service accounts once (MW0511)", () => {
    const unnamed = (name: string) =>
      destinationArgs({ hosts: [`${name}.global`], services: [{ namespace: "shop", labels }] });
    const args = shopArgs({ virtualDestinations: { reviews: unnamed("reviews"), a: unnamed("a"), b: unnamed("b") } });
    const facts = { clusters: ["east", "west"], others: ["a", "b"] };
    assert.deepEqual(findingsOf(args), [["MW0511", "VirtualDestination/reviews services[0]", facts]]);
    const claims = new Map<string, string>();
    const apart = ["a", "b", "a"].flatMap((name) =>
      findingsOf(args, { focus: { kind: "VirtualDestination", name }, claims }).map(([code, where]) => [code, where]),
    );
    const again = ["MW0511", "VirtualDestination/a services[0]"];
    assert.deepEqual(apart, [again, again], "each time that the first destination is checked");
  });

  it("lets only HTTP ports cross in plaintext (MW0512)", () => {
    const ports = [
      { number: 80, protocol: "GRPC" },
      { number: 81, protocol: "TCP" },
      { number: 82, protocol: later },
    ];
    const facts = { port: 81, protocol: "TCP", from: "east", to: "west" };
    assert.deepEqual(check({ ports }), []);
    assert.deepEqual(check({ ports }, { west: { mesh: "NONE" } }), [["MW0512", `${at} ports[1].protocol`, facts]]);
    assert.deepEqual(check({ ports }, { west: { mesh: later } }), []);
  });

  it("requires one port with TLS termination (MW0513)", () => {
    const ports = [80, 81].map((number) => ({ number, protocol: "HTTP" }));
    const clientMode = { tlsTermination: {} };
    assert.deepEqual(check({ ports, clientMode: { sniRouting: {} } }), []);
    assert.deepEqual(check({ clientMode }), []);
    assert.deepEqual(check({ ports, clientMode }), [["MW0513", `${at} ports`, { ports: 2 }]]);
  });

  it("requires hosts that the east-west gateways expose (MW0518)", () => {
    const west = { eastWestGateway: { addresses: ["203.0.113.20"], exposedHosts: ["*.shop"] } };
    const facts = { host: "reviews.global", cluster: "west", exposed: ["*.shop"] };
    assert.deepEqual(check({ hosts: ["reviews.shop"] }, { west }), []);
    assert.deepEqual(check({}, { west }), [["MW0518", `${at} hosts[0]`, facts]]);
    assert.deepEqual(check({}, { west: { ...west, network: "east" } }), []);
  });

  it("requires one host for TCP (MW0519)", () => {
    const hosts = ["a.global", "b.global"];
    const port = (protocol: string) => [{ number: 80, protocol }];
    assert.deepEqual(check({ hosts, ports: port("TLS") }), []);
    assert.deepEqual(check({ hosts, ports: port("MONGO") }), [
      ["MW0519", `${at} ports[0].protocol`, { hosts: 2, protocol: "MONGO", port: 80 }],
    ]);
  });
});
