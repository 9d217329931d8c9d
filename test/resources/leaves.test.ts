import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RoutingError } from "../../sdk/nodejs/src/index.js";
import { objects, registered, settled, startMocks, unknown } from "./mocks.js";
import { cluster, fleet, gateway, reviews, table } from "./two-clusters.js";

const isUnknown = (value: unknown): boolean => JSON.stringify(value)?.includes("__pulumiUnknown") === true;

function specs(kind: string): { readonly [key: string]: unknown }[] {
  return objects(kind).map(({ inputs }) => inputs["spec"] as { readonly [key: string]: unknown });
}

describe("leaves that are Outputs", () => {
  beforeEach(() => startMocks(true));

  it("render as plain values when they are known", async () => {
    const prod = fleet();
    table({ fleet: prod, virtualGateways: [gateway(prod)], hosts: [pulumi.output("shop.example.com")] });
    await settled();
    assert.deepEqual(
      specs("VirtualService").map(({ hosts }) => hosts),
      [["shop.example.com"], ["shop.example.com"]],
    );
  });

  it("stay unknown on their own: the rest of the object is shown", async () => {
    const prod = fleet();
    table({
      fleet: prod,
      virtualGateways: [gateway(prod)],
      http: [{ name: "ok", directResponse: { status: 200, body: unknown<string>() } }],
    });
    await settled();
    const [spec] = specs("VirtualService");
    const http = spec?.["http"] as { name: string; directResponse: { status: number; body?: { string?: unknown } } }[];
    assert.equal(http[0]?.name, "ok");
    assert.equal(http[0]?.directResponse.status, 200);
    assert.ok(isUnknown(http[0]?.directResponse.body?.string), JSON.stringify(http));
  });

  it("keep every object in the preview when a fleet's mesh, network and addresses are unknown", async () => {
    const prod = fleet({
      clusters: [
        cluster("east", { mesh: unknown(), network: unknown(), trustDomain: unknown() }),
        cluster("west", { eastWestGateway: { addresses: [unknown<string>()], port: unknown<number>() } }),
      ],
    });
    reviews(prod);
    await settled();
    const names = registered.filter(({ type }) => type.startsWith("kubernetes:networking")).map(({ name }) => name);
    assert.deepEqual(names.filter((name) => name.includes("reviews")).sort(), [
      "reviews-east-DestinationRule-reviews",
      "reviews-east-DestinationRule-reviews--home",
      "reviews-east-ServiceEntry-reviews--home",
      "reviews-east-ServiceEntry-reviews--local",
      "reviews-east-ServiceEntry-reviews--remote",
      "reviews-east-VirtualService-reviews--east-west--entrance",
      "reviews-west-DestinationRule-reviews",
      "reviews-west-ServiceEntry-reviews--local",
      "reviews-west-ServiceEntry-reviews--remote",
    ]);
  });

  it("combine known and unknown parts into a derived text", async () => {
    const prod = fleet({
      clusters: [cluster("east", { trustDomain: pulumi.output("east.example") }), cluster("west")],
    });
    reviews(prod);
    await settled();
    for (const spec of specs("ServiceEntry")) {
      assert.deepEqual(spec["subjectAltNames"], [
        "spiffe://east.example/ns/shop/sa/reviews",
        "spiffe://cluster.local/ns/shop/sa/reviews",
      ]);
    }
  });

  it("keep secrets secret", async () => {
    const prod = fleet();
    table({
      fleet: prod,
      virtualGateways: [gateway(prod)],
      http: [{ name: "ok", directResponse: { status: 200, body: pulumi.secret("hush") } }],
    });
    await settled();
    const text = JSON.stringify(specs("VirtualService")[0]);
    assert.match(text, /4dabf18193072939515e22adb298388d/);
    assert.match(text, /"name":"ok"/);
  });

  it("are checked once they are known, and a mistake then refuses every object of the resource", async () => {
    const prod = fleet();
    const web = gateway(prod);
    const bad = table({
      fleet: prod,
      virtualGateways: [web],
      hosts: [pulumi.output("shop.example.com"), pulumi.output("sh op")],
    });
    await assert.rejects((bad.ref as unknown as { promise(): Promise<unknown> }).promise(), (error: unknown) => {
      assert.ok(error instanceof RoutingError);
      assert.deepEqual(
        error.diagnostics.map(({ code, path }) => [code, path]),
        [["MW0303", ["hosts", 1]]],
      );
      return true;
    });
    await settled();
    assert.deepEqual(objects("VirtualService"), []);
  });

  it("never print a secret in a finding", async () => {
    const prod = fleet();
    const bad = table({ fleet: prod, virtualGateways: [gateway(prod)], hosts: [pulumi.secret("my secret host")] });
    await assert.rejects((bad.ref as unknown as { promise(): Promise<unknown> }).promise(), (error: unknown) => {
      assert.ok(error instanceof RoutingError);
      assert.doesNotMatch(error.message, /my secret host/);
      assert.match(error.message, /error\[MW0303\]: found `\(secret\)`: .+\n {2}at RouteTable `shop`, hosts\[0\]/);
      return true;
    });
    await settled();
  });

  it("report a finding without secrets in full, beside one about a secret", async () => {
    const prod = fleet();
    const hosts = [pulumi.secret(`my "secret"\nhost ${"x".repeat(90)}`), pulumi.output("sh op")];
    const bad = table({ fleet: prod, virtualGateways: [gateway(prod)], hosts });
    await assert.rejects((bad.ref as unknown as { promise(): Promise<unknown> }).promise(), (error: unknown) => {
      assert.ok(error instanceof RoutingError);
      assert.doesNotMatch(JSON.stringify([error.message, error]), /my|xxxxxx/);
      assert.match(error.message, /sh op/);
      assert.deepEqual(
        error.diagnostics.map(({ path, withheld }) => [path, withheld]),
        [
          [["hosts", 0], true],
          [["hosts", 1], undefined],
        ],
      );
      return true;
    });
    await settled();
  });

  it("stay secret in objects that other stacks make from a descriptor, and name none of them", async () => {
    const prod = fleet();
    const own = reviews(prod, { hosts: [pulumi.secret("hushed.global")] });
    const { value, secret } = await inside(own.ref);
    assert.equal(secret, true);
    assert.match(value.model, /"secrets":\[\["hosts",0\]\]/);
    await settled();

    await startMocks();
    const other = fleet();
    const forwardTo = { destinations: [{ virtualDestination: { ref: value }, port: 80 }] };
    table({ fleet: other, virtualGateways: [gateway(other)], http: [{ name: "ok", forwardTo }] });
    await settled();
    // the monitor of the mocks only supports secrets that are whole arguments
    for (const spec of specs("VirtualService"))
      assert.match(JSON.stringify(spec), /^{"4dabf18193072939515e22adb298388d":"[0-9a-f]+","value":.*"hushed\.global"/);
    assert.doesNotMatch(JSON.stringify(registered.map(({ name }) => name)), /hushed/);
  });
});

interface Inside<T> {
  promise(): Promise<T>;
  readonly isSecret: Promise<boolean>;
}

async function inside<T>(output: pulumi.Output<T>): Promise<{ readonly value: T; readonly secret: boolean }> {
  const { isSecret } = output as unknown as Inside<T>;
  return { value: await (output as unknown as Inside<T>).promise(), secret: await isSecret };
}
