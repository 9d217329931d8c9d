/** Policy resources: they render nothing on their own; the resources that list them render them. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  ActiveHealthCheckPolicy,
  FailoverPolicy,
  type FailoverPolicyArgs,
  OutlierDetectionPolicy,
  type OutlierDetectionPolicyArgs,
  type ResourceRef,
  RoutingError,
  TrimProxyConfigPolicy,
  type VirtualDestination,
} from "../../sdk/nodejs/src/index.js";
import { objects, registered, settled, startMocks, unknown } from "./mocks.js";
import { cluster, fleet, gateway, reviews, table } from "./two-clusters.js";

const failover = (args: FailoverPolicyArgs = {}) => new FailoverPolicy("failover", args);
const outlier = (args: OutlierDetectionPolicyArgs = {}) => new OutlierDetectionPolicy("outlier", args);

/** Returns the settings of each rule's first port. */
function settings(): readonly { readonly outlierDetection?: object; readonly loadBalancer?: object }[] {
  return objects("DestinationRule").map(({ inputs }) => {
    const spec = inputs["spec"] as { trafficPolicy: { portLevelSettings: object[] } };
    return spec.trafficPolicy.portLevelSettings[0] ?? {};
  });
}

async function refOf(resource: { readonly ref: pulumi.Output<ResourceRef> }): Promise<ResourceRef> {
  return (resource.ref as unknown as { promise(): Promise<ResourceRef> }).promise();
}

function codesOf(error: unknown): readonly string[] {
  assert.ok(error instanceof RoutingError, String(error));
  return error.diagnostics.map(({ code }) => code);
}

const DETECTION = {
  consecutive5xxErrors: 5,
  consecutiveGatewayErrors: 0,
  interval: "10s",
  baseEjectionTime: "30s",
  maxEjectionPercent: 100,
};

describe("policies", () => {
  beforeEach(() => startMocks());

  it("have a type, a ref and no objects of their own", async () => {
    const ref = await refOf(failover({ priorityLabels: { labels: ["version"] } }));
    outlier();
    await settled();
    assert.deepEqual(ref, {
      kind: "FailoverPolicy",
      name: "failover",
      model: JSON.stringify({ priorityLabels: { labels: ["version"] } }),
    });
    assert.deepEqual(registered.map(({ type, name }) => [type, name]).sort(), [
      ["meshway:index:FailoverPolicy", "failover"],
      ["meshway:index:OutlierDetectionPolicy", "outlier"],
    ]);
  });

  it("are rendered into the rules of the destination that lists them", async () => {
    reviews(fleet(), { policies: [failover(), outlier()] });
    await settled();
    const locality = { localityLbSetting: { enabled: true } };
    assert.deepEqual(
      settings().map(({ outlierDetection, loadBalancer }) => [outlierDetection, loadBalancer]),
      [
        [DETECTION, locality],
        [DETECTION, locality],
      ],
    );
  });

  it("may come from another stack as descriptors", async () => {
    const [one, two] = [await refOf(failover()), await refOf(outlier({ consecutiveErrors: 2 }))];
    reviews(fleet(), { policies: [{ ref: JSON.parse(JSON.stringify(one)) as ResourceRef }, { ref: two }] });
    await settled();
    assert.deepEqual(settings()[0]?.outlierDetection, { ...DETECTION, consecutive5xxErrors: 2 });
  });

  it("are part of the descriptor of a destination, which other stacks can route to", async () => {
    const prod = fleet();
    const ref = await refOf(reviews(prod, { policies: [failover(), outlier({ interval: pulumi.output("3s") })] }));
    const { policies } = JSON.parse(ref.model) as { policies: { ref: ResourceRef }[] };
    assert.deepEqual(
      policies.map(({ ref: { kind, name, model } }) => [kind, name, model]),
      [
        ["FailoverPolicy", "failover", "{}"],
        ["OutlierDetectionPolicy", "outlier", '{"interval":"3s"}'],
      ],
    );
    table({
      fleet: prod,
      virtualGateways: [gateway(prod)],
      http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: { ref } }] } }],
    });
    await settled();
    assert.equal(objects("VirtualService").length, 2);
  });

  it("carry their gateways along, in the program and in descriptors", async () => {
    const prod = fleet();
    const alive = new ActiveHealthCheckPolicy("alive", {
      virtualGateways: [gateway(prod, { workloads: { labels: { istio: "probing" } } })],
      healthCheck: { tcpHealthCheck: {}, interval: pulumi.output("3s") },
    });
    const foreign = JSON.parse(JSON.stringify(await refOf(alive))) as ResourceRef;
    const ofDestination = await refOf(reviews(prod, { policies: [{ ref: foreign }] }));
    const { policies } = JSON.parse(ofDestination.model) as { policies: { ref: ResourceRef }[] };
    assert.deepEqual(policies, [{ ref: foreign }]);
    await settled();
    for (const { inputs } of objects("EnvoyFilter")) {
      const text = JSON.stringify(inputs["spec"]);
      assert.match(text, /"istio":"probing"/);
      assert.match(text, /"interval":"3s"/);
    }
    assert.equal(objects("EnvoyFilter").length, 2);
  });

  it("keep secrets secret, including in the descriptor of the destination", async () => {
    const one = reviews(fleet(), { policies: [outlier({ interval: pulumi.secret("3s") })] });
    await settled();
    assert.ok(await (one.ref as unknown as { isSecret: Promise<boolean> }).isSecret);
    for (const { inputs } of objects("DestinationRule"))
      assert.match(JSON.stringify(inputs["spec"]), /4dabf18193072939515e22adb298388d/);
  });

  it("are checked when they are created", () => {
    assert.throws(
      () => outlier({ interval: "1.5ms" }),
      (error: unknown) => codesOf(error).join() === "MW0110",
    );
    assert.throws(
      () => reviews(fleet(), { policies: [failover()] }),
      (error: unknown) => codesOf(error).join() === "MW0402",
    );
  });

  it("for the same sidecars are refused, in either order", () => {
    const prod = fleet();
    const trim = (name: string, labels: Record<string, string>) =>
      new TrimProxyConfigPolicy(name, {
        fleet: prod,
        workloads: { namespace: "shop", labels },
        includedDestinations: [{ service: { name: "frontend", namespace: "shop" } }],
      });
    trim("part", { app: "frontend", version: "v2" });
    trim("apart", { app: "backend" });
    assert.throws(
      () => trim("whole", { app: "frontend" }),
      (error: unknown) => codesOf(error).join() === "MW0625",
    );
  });

  it("of another kind are refused", () => {
    const prod = fleet();
    assert.throws(
      () => reviews(prod, { policies: [gateway(prod)] }),
      (error: unknown) => codesOf(error).join() === "MW0109",
    );
  });
});

describe("leaves of policies", () => {
  beforeEach(() => startMocks(true));

  it("stay unknown on their own", async () => {
    const prod = fleet({ clusters: [cluster("east"), cluster("west")] });
    const spread = failover({
      localityMappings: [
        {
          from: { region: "east" },
          to: [
            { region: "east", weight: unknown<number>() },
            { region: "west", weight: 20 },
          ],
        },
      ],
    });
    reviews(prod, { policies: [spread, outlier({ baseEjectionTime: unknown<string>() })] });
    await settled();
    const [first] = settings();
    const detection = first?.outlierDetection as { interval: string; baseEjectionTime: unknown };
    assert.equal(detection.interval, "10s");
    assert.match(JSON.stringify(detection.baseEjectionTime), /__pulumiUnknown/);
    const balancer = first?.loadBalancer as {
      readonly localityLbSetting: { readonly distribute: readonly { readonly to: Record<string, unknown> }[] };
    };
    const shares = balancer.localityLbSetting.distribute[0]?.to;
    assert.equal(shares?.["west"], 20);
    assert.match(JSON.stringify(shares?.["east"]), /__pulumiUnknown/);
  });

  for (const [title, policy, code] of [
    ["malformed", () => outlier({ interval: pulumi.output("soon") }), "MW0110"],
    [
      "at odds with each other",
      () =>
        failover({
          localityMappings: [{ from: { region: "east" }, to: [{ region: "east", weight: pulumi.output(70) }] }],
        }),
      "MW0404",
    ],
  ] as const) {
    it(`${title} refuse the objects of the destination too`, async () => {
      const bad = policy();
      const destination: VirtualDestination = reviews(fleet(), { policies: [bad] });
      for (const each of [bad, destination])
        await assert.rejects(refOf(each), (error: unknown) => codesOf(error).join() === code);
      await settled();
      assert.deepEqual(objects("DestinationRule"), []);
    });
  }
});
