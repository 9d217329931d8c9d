import assert from "node:assert/strict";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";
import type { Endpoint, Target } from "../../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import type { ModelArgs } from "../../support/models.js";
import { failoverArgs, fleetArgs, resilientArgs } from "../../support/shop.js";
import { ask, plainGateway, planOf, request } from "./ask.js";

const [east, west] = [{ region: "us-east-1" }, { region: "us-west-2" }];

const third = { name: "frankfurt", locality: { region: "eu" }, eastWestGateway: { addresses: ["203.0.113.30"] } };

/** Returns the only target of a request in a cluster. */
function targetIn(cluster: string, args: ModelArgs): Target {
  const plan = planOf({ virtualGateways: { web: plainGateway }, ...args });
  const { decision } = ask(plan, "/", { from: { cluster } });
  assert.equal(decision.kind, "forward");
  const [target] = decision.targets;
  assert.ok(target !== undefined);
  return target;
}

/** Formats endpoints in short: `0 pods of east`, `80% gateway of west`. */
function inShort({ endpoints }: Target): readonly string[] {
  return endpoints.map((each) =>
    [rank(each), each.kind === "pods" ? "pods" : "gateway", clusterOf(each)].join(" ").trim(),
  );
}

function rank({ priority, share }: Endpoint): string {
  return share === undefined ? String(priority ?? "-") : `${share}%`;
}

function clusterOf(endpoint: Endpoint): string {
  return "cluster" in endpoint ? endpoint.cluster : "";
}

function threeClusters(): ModelArgs {
  const { clusters } = fleetArgs() as { clusters: object[] };
  return { fleets: { prod: { clusters: [...clusters, third] } } };
}

describe("simulated policies", () => {
  it("are reported with the target, and only if there are any", () => {
    const { policies } = targetIn("east", resilientArgs(failoverArgs));
    assert.equal(policies?.outlierDetection?.consecutiveErrors, 5);
    assert.deepEqual(policies?.preference, {
      kind: "regions",
      regions: [
        { from: "us-east-1", to: "us-west-2" },
        { from: "us-west-2", to: "us-east-1" },
      ],
    });
    const plain = targetIn("east", {});
    assert.deepEqual([plain.policies, inShort(plain)], [undefined, ["- pods east", "- gateway west"]]);
  });

  it("put the nearest endpoints first, even with outlier detection alone", () => {
    for (const args of [resilientArgs({}), resilientArgs({}, { policies: ["outlier"] })])
      assert.deepEqual(inShort(targetIn("west", args)), ["0 pods west", "1 gateway east"]);
    const anywhere = targetIn("frankfurt", { ...resilientArgs({}), ...threeClusters() });
    assert.deepEqual(inShort(anywhere), ["0 pods frankfurt", "1 gateway east", "1 gateway west"]);
  });

  it("rank by zone and sub-zone within a region, without gaps in the numbers", () => {
    const locality = { region: "r", zone: "a", subZone: "x" };
    const clusters = [
      { name: "a", locality },
      { name: "b", locality: { ...locality, subZone: "y" }, eastWestGateway: { addresses: ["203.0.113.1"] } },
      { name: "c", locality: { region: "r", zone: "b" }, eastWestGateway: { addresses: ["203.0.113.2"] } },
      { name: "d", locality: { region: "s" }, eastWestGateway: { addresses: ["203.0.113.3"] } },
      { name: "e", locality, eastWestGateway: { addresses: ["203.0.113.4"] } },
    ];
    const found = inShort(targetIn("a", { ...resilientArgs({}), fleets: { prod: { clusters } } }));
    assert.deepEqual(found, ["0 pods a", "0 gateway e", "1 gateway b", "2 gateway c", "3 gateway d"]);
    const [, ...others] = clusters;
    const service = { namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["r"] };
    const far = { services: ["c", "d"].map((cluster) => ({ ...service, cluster })) };
    const only = targetIn("b", { ...resilientArgs({}, far), fleets: { prod: { clusters: others } } });
    assert.deepEqual(inShort(only), ["0 gateway c", "1 gateway d"]);
  });

  it("send a region's requests to the one it is mapped to before any other", () => {
    const mapped = {
      localityMappings: [
        { from: { region: "eu" }, to: [west] },
        { from: east, to: [{ region: "eu" }] },
      ],
    };
    const args = { ...resilientArgs(mapped), ...threeClusters() };
    assert.deepEqual(inShort(targetIn("frankfurt", args)), ["0 pods frankfurt", "1 gateway west", "2 gateway east"]);
    assert.deepEqual(inShort(targetIn("east", args)), ["0 pods east", "1 gateway frankfurt", "2 gateway west"]);
    assert.deepEqual(inShort(targetIn("west", args)), ["0 pods west", "1 gateway east", "1 gateway frankfurt"]);
  });

  it("distinguish clusters on one network", () => {
    const flat = { prod: fleetArgs({ east: { network: "one" }, west: { network: "one" } }) };
    const target = targetIn("west", { ...resilientArgs({}), fleets: flat });
    assert.deepEqual(inShort(target), ["0 pods west", "1 pods east"]);
  });

  it("distribute by the caller's locality, and omit localities that aren't listed", () => {
    const spread = {
      localityMappings: [
        {
          from: east,
          to: [
            { ...east, weight: 60 },
            { ...west, weight: 20 },
            { region: "nowhere", weight: 20 },
          ],
        },
        { from: west, to: [{ ...west, weight: 100 }] },
      ],
    };
    const args = { ...resilientArgs(spread, { policies: ["failover"] }), ...threeClusters() };
    assert.deepEqual(inShort(targetIn("east", args)), ["75% pods east", "25% gateway west", "0% gateway frankfurt"]);
    assert.deepEqual(inShort(targetIn("west", args)), ["100% pods west", "0% gateway east", "0% gateway frankfurt"]);
    assert.deepEqual(inShort(targetIn("frankfurt", args)), ["- pods frankfurt", "- gateway east", "- gateway west"]);
  });

  it("guess neither by pod labels nor by unknown localities", () => {
    const plain = ["- pods east", "- gateway west"];
    const labels = resilientArgs({ priorityLabels: { labels: ["version"] } });
    assert.deepEqual(inShort(targetIn("east", labels)), plain);
    const later = fleetArgs({ west: { locality: { region: deferredOf([1]) } } });
    assert.deepEqual(inShort(targetIn("east", { ...resilientArgs({}), fleets: { prod: later } })), plain);
    const weights = [
      {
        from: east,
        to: [
          { ...east, weight: deferredOf([1]) },
          { ...west, weight: 20 },
        ],
      },
    ];
    assert.deepEqual(inShort(targetIn("east", resilientArgs({ localityMappings: weights }))), plain);
  });
});

describe("simulated connections and load balancing", () => {
  const args: ModelArgs = {
    ...resilientArgs({}, { policies: ["calm", "even"] }),
    connectionPolicies: { calm: { http: { maxRequests: 4 } } },
    loadBalancerPolicies: { even: { simple: "ROUND_ROBIN" } },
  };

  it("are reported with the target, and don't rank endpoints", () => {
    const target = targetIn("east", args);
    assert.deepEqual(target.policies, {
      loadBalancer: { simple: "ROUND_ROBIN" },
      connection: { http: { maxRequests: 4 } },
    });
    assert.deepEqual(inShort(target), ["- pods east", "- gateway west"]);
  });
});

describe("the description of a result with policies", () => {
  /** Returns the lines about the target, from east. */
  function text(args: ModelArgs): string {
    const plan = planOf({ virtualGateways: { web: plainGateway }, ...args });
    const all = describeSimulations(request("/"), [ask(plan, "/")]).split("\n");
    return all.slice(all.findIndex((line) => line.includes("100%"))).join("\n");
  }

  it("shows limits and order", () => {
    const outlierDetectionPolicies = {
      outlier: { consecutiveGatewayErrors: 2, baseEjectionTime: "1m", maxEjectionPercent: 50 },
    };
    assert.equal(
      text({ ...resilientArgs({}), outlierDetectionPolicies }),
      `  100% reviews  reviews.global:80
       endpoints are left out for 1m after 5 errors or 2 gateway errors in a row, at most 50% of them at a time
       from east  first  pods app=reviews in shop, port 9080 (us-east-1)
                  then   west through 203.0.113.20:15443 (us-west-2)`,
    );
  });

  it("shows shares", () => {
    const spread = {
      localityMappings: [
        {
          from: east,
          to: [
            { ...east, weight: 95 },
            { ...west, weight: 5 },
          ],
        },
      ],
    };
    assert.equal(
      text(resilientArgs(spread, { policies: ["failover"] })),
      `  100% reviews  reviews.global:80
       from east  95%  pods app=reviews in shop, port 9080 (us-east-1)
                  5%   west through 203.0.113.20:15443 (us-west-2)`,
    );
  });

  it("shows labels", () => {
    const line = (labels: string[]) => text(resilientArgs({ priorityLabels: { labels } })).split("\n")[2];
    assert.equal(line(["a", "b"]), "       endpoints with the caller's a, b come first");
    assert.equal(line(["a=1"]), "       endpoints with a=1 come first");
  });

  it("shows how endpoints are chosen", () => {
    const line = (balance: object, others: readonly string[] = []) =>
      text({
        ...resilientArgs({}, { policies: ["balance", ...others] }),
        loadBalancerPolicies: { balance },
      }).split("\n")[1 + others.length];
    assert.equal(line({ simple: "RANDOM" }), "       each request goes to a random endpoint");
    assert.equal(
      line({ simple: "ROUND_ROBIN", warmupDurationSecs: "30s", healthyPanicThreshold: 50 }, ["outlier"]),
      "       requests go to one endpoint after the other, a new endpoint gets its full share after 30s, all " +
        "endpoints are used once less than 50% are healthy",
    );
    assert.equal(line({ simple: deferredOf([1]) }), "       the load balancing is not known yet");
    const hashes = {
      "with the same header x-user": { httpHeaderName: "x-user" },
      "with the same cookie session": { httpCookie: { name: "session" } },
      "with the same query parameter user": { httpQueryParameterName: "user" },
      "from the same address": { useSourceIp: true },
    };
    for (const [which, consistentHash] of Object.entries(hashes))
      assert.equal(line({ consistentHash }), `       requests ${which} go to the same endpoint`);
  });

  it("shows connection limits", () => {
    const line = (calm: object) =>
      text({ ...resilientArgs({}, { policies: ["calm"] }), connectionPolicies: { calm } }).split("\n")[1];
    assert.equal(
      line({
        tcp: { maxConnections: 9, connectTimeout: "1s", tcpKeepalive: {} },
        http: { maxRequests: deferredOf([1]) },
      }),
      "       each caller: at most 9 connections, at most ? requests at a time, 1s to connect, TCP probes",
    );
    assert.equal(
      line({ http: { maxRequestsPerConnection: 0, maxRetries: 2, maxPendingRequests: 3, idleTimeout: "5s" } }),
      "       each caller: at most 3 pending requests, at most 2 retries at a time, any number of requests per " +
        "connection, connections end after 5s without requests",
    );
  });

  it("shows the TLS of callers", () => {
    const alone = { prod: { clusters: [{ name: "east" }] } };
    const line = (own: object) =>
      text({ ...resilientArgs({}, { policies: ["own"] }), fleets: alone, clientTlsPolicies: { own } }).split("\n")[1];
    const mutual = {
      sni: "a.example.com",
      credentialName: deferredOf([1]),
      subjectAltNames: ["b.example.com", "c.example.com"],
    };
    const withSecret =
      "callers speak TLS with a certificate of their own to a.example.com, gateways with the secret ?, " +
      "and expect a certificate of b.example.com or c.example.com";
    const described = {
      "callers speak plaintext": { disable: {} },
      "callers speak the mesh's mutual TLS, even to endpoints that are not known to support it": { istioMutual: {} },
      "callers speak TLS to reviews.global, and expect a certificate of reviews.global": { simple: {} },
      [withSecret]: { mutual },
    };
    for (const [words, own] of Object.entries(described)) assert.equal(line(own), `       ${words}`);
  });

  it("shows which gateways probe endpoints", () => {
    const line = (healthCheck: object, ports: object[] = []) =>
      text({
        ...resilientArgs({}, { policies: ["alive"], ...(ports.length > 0 && { ports }) }),
        activeHealthCheckPolicies: { alive: { virtualGateways: ["web"], healthCheck } },
      }).split("\n")[1];
    const start = "       endpoints are probed by web";
    assert.equal(
      line({ httpHealthCheck: { path: "/healthz" } }),
      `${start} every 10s with GET /healthz, left out after 3 failures, back after 2 successes`,
    );
    assert.equal(
      line({ tcpHealthCheck: {}, healthyThreshold: 1 }),
      `${start} every 10s with a TCP connection, left out after 3 failures, back after 1 success`,
    );
    const times = { interval: "1s", unhealthyThreshold: 1, healthyThreshold: deferredOf([1]) };
    assert.equal(
      line({ grpcHealthCheck: {}, ...times }, [{ number: 80, protocol: "GRPC", targetPort: 9080 }]),
      `${start} every 1s with gRPC's health call, left out after 1 failure, back after ? successes`,
    );
  });
});
