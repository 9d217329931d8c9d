import assert from "node:assert/strict";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import { parseResource } from "../../../sdk/nodejs/src/model/parse-resource.js";
import type { ModelArgs } from "../../support/models.js";
import { failoverArgs, fleetArgs, resilientArgs, shopArgs } from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

const at = "VirtualDestination/reviews policies";
const [east, west] = [{ region: "us-east-1" }, { region: "us-west-2" }];

/** Returns the findings about a destination with policies, alone in its fleet. */
function check(overrides: ModelArgs, fleet: Parameters<typeof fleetArgs>[0] = {}) {
  return findingsOf(shopArgs({ fleets: { prod: fleetArgs(fleet) }, routeTables: {}, ...overrides }));
}

/** Returns the findings about a failover policy that no resource lists. */
function alone(failover: Record<string, unknown>) {
  return check({ failoverPolicies: { failover } });
}

function mapping(from: object, ...to: object[]) {
  return { from, to };
}

function codes(found: readonly (readonly [string, ...unknown[]])[]): readonly string[] {
  return found.map(([code]) => code);
}

describe("check: policies of a destination", () => {
  it("pass if valid", () => {
    assert.deepEqual(check(resilientArgs()), []);
    assert.deepEqual(check(resilientArgs({})), []);
    assert.deepEqual(check(resilientArgs({}, { policies: ["outlier"] })), []);
  });

  it("exist, and each name is unambiguous (MW0107, MW0108)", () => {
    const missing = check(resilientArgs({}, { policies: ["outlier", "failovr"] }));
    assert.deepEqual(missing, [
      ["MW0107", `${at}[1]`, { kind: "policy", found: "failovr", known: ["failover", "outlier"] }],
    ]);
    const wrongKind = check(resilientArgs({}, { policies: ["FailoverPolicy/outlier"] }));
    assert.deepEqual(wrongKind, [
      ["MW0107", `${at}[0]`, { kind: "FailoverPolicy", found: "outlier", known: ["failover"] }],
    ]);
    const one = { ...resilientArgs({}, { policies: ["x"] }), failoverPolicies: { x: {} } };
    const both = check({ ...one, outlierDetectionPolicies: { x: {} } });
    assert.deepEqual(both[0], ["MW0108", `${at}[0]`, { kind: "policy", name: "x" }]);
  });

  it("are at most one of each kind (MW0401)", () => {
    const two = { ...resilientArgs({}, { policies: ["failover", "outlier", "other"] }) };
    const facts = { kind: "FailoverPolicy", first: "failover", second: "other" };
    assert.deepEqual(check({ ...two, failoverPolicies: { failover: {}, other: {} } }), [["MW0401", `${at}[2]`, facts]]);
  });

  it("are listed once (MW0508)", () => {
    const policies = ["failover", "outlier", "FailoverPolicy/failover"];
    const facts = { what: "policy", value: "FailoverPolicy/failover", first: 0 };
    assert.deepEqual(check(resilientArgs({}, { policies })), [["MW0508", `${at}[2]`, facts]]);
  });

  it("are checked with the destination that lists them, and no others", () => {
    const failover = { localityMappings: [mapping(east, { ...east, weight: 50 })] };
    const args = {
      ...resilientArgs(failover),
      outlierDetectionPolicies: { outlier: {}, useless: { consecutiveErrors: 1, consecutiveGatewayErrors: 1 } },
    };
    const focus = { kind: "VirtualDestination", name: "reviews" } as const;
    assert.deepEqual(codes(findingsOf(shopArgs(args), { focus })), ["MW0404"]);
    assert.deepEqual(codes(findingsOf(shopArgs(args), { focus: { kind: "RouteTable", name: "shop" } })), []);
    assert.deepEqual(codes(findingsOf(shopArgs(args))), ["MW0404", "MW0414"]);
  });
});

describe("check: failover", () => {
  it("requires outlier detection, unless it distributes (MW0402)", () => {
    const policies = ["failover"];
    const facts = { destination: "reviews", policy: "failover" };
    for (const failover of [{}, failoverArgs, { priorityLabels: { labels: ["version"] } }])
      assert.deepEqual(check(resilientArgs(failover, { policies })), [["MW0402", `${at}[0]`, facts]]);
    const spread = { localityMappings: [mapping(east, { ...east, weight: later }, { ...west, weight: 20 })] };
    assert.deepEqual(check(resilientArgs(spread, { policies })), []);
  });

  it("has weights everywhere or nowhere (MW0403)", () => {
    const localityMappings = [mapping(east, { ...west, weight: 100 }), mapping(west, east)];
    assert.deepEqual(alone({ localityMappings }), [
      ["MW0403", "FailoverPolicy/failover localityMappings", { weighted: 1, targets: 2 }],
    ]);
  });

  it("spreads 100% (MW0404)", () => {
    const spread = (first: unknown) => ({
      localityMappings: [mapping(east, { ...east, weight: first }, { ...west, weight: 20 })],
    });
    assert.deepEqual(alone(spread(80)), []);
    assert.deepEqual(alone(spread(later)), []);
    assert.deepEqual(alone(spread(70)), [
      ["MW0404", "FailoverPolicy/failover localityMappings[0].to", { from: "us-east-1", sum: 90, weights: [70, 20] }],
    ]);
  });

  it("goes from one region to another (MW0405, MW0406, MW0408)", () => {
    const localityMappings = [
      mapping({ ...east, zone: "a" }, { ...west, zone: later, subZone: "c" }),
      mapping({ region: "r3" }, east, { region: "r3" }),
      mapping({ region: later }, { region: later }),
    ];
    const place = "FailoverPolicy/failover localityMappings";
    assert.deepEqual(alone({ localityMappings }), [
      ["MW0405", `${place}[0].from.zone`, { field: "zone", value: "a" }],
      ["MW0405", `${place}[0].to[0].zone`, { field: "zone" }],
      ["MW0406", `${place}[1].to`, { from: "r3", targets: 2 }],
      ["MW0408", `${place}[1].to[1].region`, { region: "r3" }],
    ]);
  });

  it("rejects overlapping localities (MW0407)", () => {
    const zone = { ...east, zone: "a" };
    const localityMappings = [
      mapping(east, { ...zone, weight: 50 }, { ...east, weight: 50 }),
      mapping(zone, { ...zone, weight: 50 }, { ...east, zone: "b", weight: 50 }),
      mapping({ ...east, zone: later }, { ...west, weight: 50 }, { ...west, zone: later, weight: 50 }),
    ];
    const place = "FailoverPolicy/failover localityMappings";
    assert.deepEqual(alone({ localityMappings }), [
      ["MW0407", `${place}[0].to[1]`, { locality: "us-east-1", other: "us-east-1/a" }],
      ["MW0407", `${place}[1].from`, { locality: "us-east-1/a", other: "us-east-1" }],
    ]);
  });

  it("names regions that have clusters, if all are known (MW0409)", () => {
    const localityMappings = [mapping({ region: "eu" }, { region: "us-west2" })];
    const known = ["us-east-1", "us-west-2"];
    const facts = (side: string, region: string) => ({ policy: "failover", region, side, known });
    const found = check(resilientArgs({ localityMappings }));
    assert.deepEqual(found, [
      ["MW0409", `${at}[0]`, facts("from", "eu")],
      ["MW0409", `${at}[0]`, facts("to", "us-west2")],
    ]);
    assert.deepEqual(check(resilientArgs({ localityMappings }), { west: { locality: { region: later } } }), []);
  });

  it("requires localities across several networks (MW0410)", () => {
    const bare = { west: { locality: undefined } };
    const facts = { destination: "reviews", policy: "failover", cluster: "west" };
    assert.deepEqual(check(resilientArgs({}), bare), [["MW0410", `${at}[0]`, facts]]);
    assert.deepEqual(check(resilientArgs({}), { west: { locality: undefined, network: "east" } }), []);
    const byLabel = (label: string) => codes(check(resilientArgs({ priorityLabels: { labels: [label] } }), bare));
    assert.deepEqual(byLabel("topology.kubernetes.io/region"), ["MW0410"]);
    assert.deepEqual(byLabel("topology.istio.io/network"), ["MW0510"]);
    assert.deepEqual(codes(check(resilientArgs({}, { policies: ["outlier"] }), bare)), ["MW0510"]);
  });

  it("ranks by keys or by values (MW0411)", () => {
    const labels = (...all: string[]) => alone({ priorityLabels: { labels: all } });
    assert.deepEqual(labels("a", "b"), []);
    assert.deepEqual(labels("a=", "b=c", later), []);
    assert.deepEqual(labels("a", "b=c"), [
      ["MW0411", "FailoverPolicy/failover priorityLabels.labels", { keys: ["a"], pairs: ["b=c"] }],
    ]);
  });

  it("does not rank by the cluster's label between networks (MW0412)", () => {
    const label = "topology.istio.io/cluster";
    const args = resilientArgs({ priorityLabels: { labels: [label] } });
    assert.deepEqual(check(args), [["MW0412", `${at}[0]`, { policy: "failover", label }]]);
    assert.deepEqual(check(args, { west: { network: "east" } }), []);
    assert.deepEqual(check(args, { west: { network: later } }), []);
  });

  it("lets an east-west gateway keep some of its requests (MW0415)", () => {
    const spread = (...localityMappings: object[]) => resilientArgs({ localityMappings });
    const away = mapping(west, { ...east, weight: 100 });
    const facts = { policy: "failover", cluster: "west", from: "us-west-2", caller: "east" };
    assert.deepEqual(check(spread(away)), [["MW0415", `${at}[0]`, facts]]);
    assert.deepEqual(check(spread(away, mapping(east, { ...east, weight: 50 }, { ...west, weight: 50 }))), [
      ["MW0415", `${at}[0]`, facts],
    ]);
    assert.deepEqual(check(spread(away, mapping(east, { ...east, weight: 100 }))), [], "no one calls west anymore");
    assert.deepEqual(check(spread(mapping(west, { ...east, weight: 50 }, { ...west, zone: "a", weight: 50 }))), []);
    assert.deepEqual(check(spread(away), { west: { network: "east" } }), [], "pods are called directly");
    assert.deepEqual(check(spread(away), { west: { mesh: "NONE" } }), [], "the east-west gateway has its own host");
    assert.deepEqual(check(spread(mapping({ region: later }, { ...east, weight: 100 }))), []);
  });
});

describe("check: outlier detection", () => {
  it("has a lower limit for gateway errors, or none (MW0414)", () => {
    const outlier = (consecutiveErrors: unknown, consecutiveGatewayErrors: unknown) =>
      check({ outlierDetectionPolicies: { outlier: { consecutiveErrors, consecutiveGatewayErrors } } });
    assert.deepEqual(outlier(5, 4), []);
    assert.deepEqual(outlier(5, 0), []);
    assert.deepEqual(outlier(later, 9), []);
    assert.deepEqual(outlier(5, 5), [
      ["MW0414", "OutlierDetectionPolicy/outlier consecutiveGatewayErrors", { gatewayErrors: 5, errors: 5 }],
    ]);
  });

  it("can eject at least one endpoint (MW0413)", () => {
    const findings = new Findings();
    parseResource("OutlierDetectionPolicy", "outlier", { maxEjectionPercent: 0 }, findings);
    assert.deepEqual(codes(findings.all.map(({ code }) => [code])), ["MW0413"]);
  });
});

describe("check: load balancing", () => {
  const byHeader = { consistentHash: { httpHeaderName: "x-user" } };
  const oneNetwork = { east: { network: "one" }, west: { network: "one" } };

  /** Returns the findings about a destination with a load balancer policy and others. */
  function balanced(
    balance: object,
    others: readonly string[] = [],
    overrides: Record<string, unknown> = {},
  ): ModelArgs {
    const policies = ["balance", ...others];
    return { ...resilientArgs({}, { policies, ...overrides }), loadBalancerPolicies: { balance } };
  }

  it("has a panic threshold with outlier detection only (MW0421)", () => {
    const panic = { simple: "RANDOM", healthyPanicThreshold: later };
    const facts = { destination: "reviews", policy: "balance" };
    assert.deepEqual(check(balanced(panic)), [["MW0421", `${at}[0]`, facts]]);
    assert.deepEqual(check(balanced(panic, ["outlier"])), []);
  });

  it("hashes the same way in all localities (MW0422)", () => {
    const places = ["us-east-1", "us-west-2"];
    const facts = { policy: "balance", places, kind: "OutlierDetectionPolicy", by: "outlier" };
    assert.deepEqual(check(balanced(byHeader, ["outlier"])), [["MW0422", `${at}[0]`, facts]]);
    assert.deepEqual(check(balanced(byHeader, ["outlier", "failover"]), oneNetwork), [["MW0422", `${at}[0]`, facts]]);
    assert.deepEqual(check(balanced({ simple: "RANDOM" }, ["outlier"])), []);
    assert.deepEqual(check(balanced(byHeader, ["outlier"]), { west: { locality: east } }), [], "one place");
    assert.deepEqual(check(balanced(byHeader, ["outlier"]), { west: { locality: { region: later } } }), []);
    const byValue = { priorityLabels: { labels: ["version=v2"] } };
    const same = { ...balanced(byHeader, ["outlier", "failover"]), failoverPolicies: { failover: byValue } };
    assert.deepEqual(check(same, oneNetwork), [], "the same for every caller");
    const spread = { localityMappings: [mapping(east, { ...east, weight: 50 }, { ...west, weight: 50 })] };
    const distributed = { ...balanced(byHeader, ["failover"]), failoverPolicies: { failover: spread } };
    const byFailover = { ...facts, kind: "FailoverPolicy", by: "failover" };
    assert.deepEqual(check(distributed, oneNetwork), [["MW0422", `${at}[0]`, byFailover]]);
  });

  it("hashes on one network, unless east-west gateways see requests (MW0423)", () => {
    const facts = { policy: "balance", clusters: ["east", "west"] };
    assert.deepEqual(check(balanced(byHeader)), [["MW0423", `${at}[0]`, facts]]);
    assert.deepEqual(check(balanced(byHeader), oneNetwork), []);
    assert.deepEqual(check(balanced(byHeader), { west: { network: later } }), []);
    const noMesh = { east: { mesh: "NONE" }, west: { mesh: "NONE" } };
    assert.deepEqual(check(balanced(byHeader), noMesh), []);
    assert.deepEqual(check(balanced({ consistentHash: { useSourceIp: true } }), noMesh), [
      ["MW0423", `${at}[0]`, facts],
    ]);
  });

  it("hashes HTTP requests (MW0424)", () => {
    const ports = [
      { number: 80, protocol: "GRPC" },
      { number: 5432, protocol: "TCP" },
      { number: 443, protocol: later },
    ];
    const facts = { policy: "balance", port: 5432, protocol: "TCP" };
    assert.deepEqual(check(balanced(byHeader, [], { ports }), oneNetwork), [["MW0424", `${at}[0]`, facts]]);
  });
});

describe("check: client TLS", () => {
  const listed = (own: object) => ({
    ...resilientArgs({}, { policies: ["own"] }),
    clientTlsPolicies: { own },
  });
  const onOne = (mesh: unknown) => ({ prod: { clusters: [{ name: "east", mesh }] } });

  it("suits what east-west gateways accept (MW0470)", () => {
    const facts = { policy: "own", mode: "disable", from: "east", to: "west", needed: "istioMutual" };
    assert.deepEqual(check(listed({ disable: {} })), [["MW0470", `${at}[0]`, facts]]);
    assert.deepEqual(check(listed({ istioMutual: {} })), []);
    const flat = { east: { network: "one" }, west: { network: "one" } };
    assert.deepEqual(check(listed({ simple: {} }), flat), []);
  });

  it("waits for unknown networks and meshes (MW0470, MW0471)", () => {
    const unknown = { east: { network: later } };
    assert.deepEqual(check(listed({ simple: {} }), unknown), []);
    const fleets = onOne(later);
    assert.deepEqual(findingsOf(shopArgs({ routeTables: {}, ...listed({ istioMutual: {} }), fleets })), []);
    const without = { ...listed({ istioMutual: {} }), fleets: onOne("NONE"), routeTables: {} };
    assert.deepEqual(codes(findingsOf(shopArgs(without))), ["MW0471"]);
  });
});
