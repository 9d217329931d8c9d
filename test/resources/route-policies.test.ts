/** Resources of policies for requests: whichever resource lists them, the table renders them. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  HeaderManipulationPolicy,
  JWTPolicy,
  MirrorPolicy,
  type ResourceRef,
  RetryTimeoutPolicy,
  type RetryTimeoutPolicyArgs,
  RoutingError,
} from "../../sdk/nodejs/src/index.js";
import { objects, settled, startMocks, unknown } from "./mocks.js";
import { cluster, fleet, gateway, reviews, table } from "./two-clusters.js";

const patience = (args: RetryTimeoutPolicyArgs = { requestTimeout: "5s" }) => new RetryTimeoutPolicy("patience", args);
const edge = (value: pulumi.Input<string> = "web") =>
  new HeaderManipulationPolicy("edge", { setRequestHeaders: { "x-edge": value } });

const forwardTo = { destinations: [{ service: { name: "a", namespace: "shop", cluster: "east" }, port: 80 }] };

interface Route {
  readonly name: string;
  readonly timeout?: unknown;
  readonly headers?: unknown;
}

/** Returns the fields that policies set in the routes of every VirtualService. */
function routes(): readonly (readonly Route[])[] {
  return objects("VirtualService").map(({ inputs }) =>
    (inputs["spec"] as { readonly http: readonly Route[] }).http.map(({ name, timeout, headers }) => ({
      name,
      ...(timeout !== undefined && { timeout }),
      ...(headers !== undefined && { headers }),
    })),
  );
}

async function refOf(resource: { readonly ref: pulumi.Output<ResourceRef> }): Promise<ResourceRef> {
  return (resource.ref as unknown as { promise(): Promise<ResourceRef> }).promise();
}

const EDGE = { request: { set: { "x-edge": "web" } } };

describe("policies of requests", () => {
  beforeEach(() => startMocks());

  it("render from the route, the table and the gateway that list them", async () => {
    const prod = fleet();
    const hurry = new RetryTimeoutPolicy("hurry", { requestTimeout: "1s" });
    table({
      fleet: prod,
      virtualGateways: [gateway(prod, { policies: [edge()] })],
      policies: [patience()],
      http: [
        { name: "own", matchers: [{ uri: { prefix: "/own" } }], forwardTo, policies: [hurry] },
        { name: "rest", forwardTo },
      ],
    });
    await settled();
    const wanted = [
      { name: "own", timeout: "1s", headers: EDGE },
      { name: "rest", timeout: "5s", headers: EDGE },
    ];
    assert.deepEqual(routes(), [wanted, wanted]);
  });

  it("are part of the descriptor of a gateway in another stack", async () => {
    const prod = fleet();
    const ref = await refOf(gateway(prod, { policies: [edge(pulumi.output("web"))] }));
    const elsewhere = { ref: JSON.parse(JSON.stringify(ref)) as ResourceRef };
    table({ fleet: prod, virtualGateways: [elsewhere], http: [{ name: "rest", forwardTo }] });
    await settled();
    assert.deepEqual(routes()[0], [{ name: "rest", headers: EDGE }]);
  });

  it("for JWT keep their keys secret, and write only usable ones", async () => {
    const keys = '{"keys":[{"kty":"oct","k":"YSBzZWNyZXQgdGhhdCBub2JvZHkgZmluZHMgb3V0Li4"},{"kty":"RSA"}]}';
    const people = new JWTPolicy("people", { providers: { login: { local: { inline: pulumi.secret(keys) } } } });
    const prod = fleet();
    table({ fleet: prod, virtualGateways: [gateway(prod)], policies: [people], http: [{ name: "rest", forwardTo }] });
    await settled();
    const patches = JSON.stringify(objects("EnvoyFilter").map(({ inputs }) => inputs["spec"]));
    assert.match(patches, /"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270"/);
    assert.ok(
      patches.includes(JSON.stringify('{"keys":[{"kty":"oct","k":"YSBzZWNyZXQgdGhhdCBub2JvZHkgZmluZHMgb3V0Li4"}]}')),
      patches,
    );
  });

  it("carry along the destination of their own requests", async () => {
    const prod = fleet();
    const trial = new MirrorPolicy("trial", { destination: { virtualDestination: reviews(prod) } });
    const [ref, ofGateway] = [await refOf(trial), await refOf(gateway(prod, { policies: [trial] }))];
    const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
    const service = { name: "a", namespace: "shop", cluster: "east" };
    const to = { destinations: [{ service, port: 80 }] };
    const wanted = [{ destination: { host: "reviews.global", port: { number: 80 } }, percentage: { value: 100 } }];
    const elsewhere = { ref: copied(await refOf(reviews(prod))) };
    const toElsewhere = new MirrorPolicy("trial", { destination: { virtualDestination: elsewhere } });
    const again = { ref: copied(await refOf(toElsewhere)) };
    await settled();
    for (const args of [
      { virtualGateways: [gateway(prod)], policies: [{ ref: copied(ref) }] },
      { virtualGateways: [gateway(prod)], policies: [toElsewhere], hosts: ["c.example.com"] },
      { virtualGateways: [gateway(prod)], policies: [again], hosts: ["d.example.com"] },
      { virtualGateways: [{ ref: copied(ofGateway) }], hosts: ["b.example.com"] },
    ]) {
      startMocks();
      table({ fleet: prod, http: [{ name: "rest", forwardTo: to }], ...args });
      await settled();
      const mirrors = objects("VirtualService").map(
        ({ inputs }) => (inputs["spec"] as { http: { mirrors?: unknown }[] }).http[0]?.mirrors,
      );
      assert.deepEqual(mirrors, [wanted, wanted]);
    }
  });

  it("carry along the destination of each provider's keys", async () => {
    const prod = fleet();
    const url = "http://reviews.global/keys";
    const elsewhere = { ref: JSON.parse(JSON.stringify(await refOf(reviews(prod)))) as ResourceRef };
    await settled();
    startMocks();
    const service = { name: "a", namespace: "shop", cluster: "east" };
    const people = new JWTPolicy("people", {
      providers: {
        near: { remote: { url, destinationRef: { service, port: 80 } } },
        virtual: { remote: { url, destinationRef: { virtualDestination: elsewhere } } },
      },
    });
    const policies = [{ ref: JSON.parse(JSON.stringify(await refOf(people))) as ResourceRef }];
    table({
      fleet: prod,
      virtualGateways: [gateway(prod, { clusters: ["east"] })],
      policies,
      http: [{ name: "rest", forwardTo }],
    });
    await settled();
    const [filter] = objects("EnvoyFilter");
    const text = JSON.stringify(filter?.inputs);
    for (const host of ["a.shop.svc.cluster.local", "reviews.global"])
      assert.ok(text.includes(`outbound|80||${host}`), text);
  });

  it("that call servers where they can't hold the table back, and are reported at the policy", () => {
    const { eastWestGateway: _, ...withoutGateway } = cluster("west");
    const prod = fleet({ clusters: [cluster("east"), withoutGateway] });
    const far = { name: "a", namespace: "shop", cluster: "west" };
    const trial = new MirrorPolicy("trial", { destination: { service: far, port: 80 } });
    const web = gateway(prod, { clusters: ["east"], policies: [trial] });
    assert.throws(
      () => table({ fleet: prod, virtualGateways: [web], http: [{ name: "rest", forwardTo }] }),
      (error: unknown) => {
        assert.ok(error instanceof RoutingError, String(error));
        const found = error.diagnostics.map(({ code, subject, path }) => [code, subject.kind, subject.name, path]);
        assert.deepEqual(found, [["MW0503", "MirrorPolicy", "trial", ["destination"]]]);
        return true;
      },
    );
  });

  it("that turn out wrong hold the table back, also when the gateway lists them", async () => {
    const prod = fleet();
    const wrong = edge(pulumi.output("50%"));
    const shop = table({
      fleet: prod,
      virtualGateways: [gateway(prod, { policies: [wrong] })],
      http: [{ name: "rest", forwardTo }],
    });
    for (const each of [wrong, shop])
      await assert.rejects(refOf(each), (error: unknown) => {
        assert.ok(error instanceof RoutingError, String(error));
        return error.diagnostics.map(({ code }) => code).join() === "MW0262";
      });
    await settled();
    assert.deepEqual(objects("VirtualService"), []);
  });
});

describe("leaves of policies of requests", () => {
  beforeEach(() => startMocks(true));

  it("for keys on servers may be unknown", async () => {
    const destinationRef = { service: { name: "a", namespace: "shop", cluster: "east" }, port: unknown<number>() };
    const remote = { url: unknown<string>(), destinationRef, enableAsyncFetch: unknown<boolean>() };
    const prod = fleet();
    const web = gateway(prod, { clusters: ["east"] });
    const policies = [new JWTPolicy("people", { providers: { login: { remote } } })];
    table({ fleet: prod, virtualGateways: [web], http: [{ name: "rest", forwardTo }], policies });
    await settled();
    const [object] = objects("EnvoyFilter");
    assert.match(JSON.stringify(object?.inputs["spec"]), /"remote_jwks":[^,]*__pulumiUnknown/);
  });

  it("stay unknown on their own", async () => {
    const prod = fleet();
    const policies = [patience({ retries: { attempts: unknown<number>() }, requestTimeout: "5s" })];
    table({ fleet: prod, virtualGateways: [gateway(prod)], http: [{ name: "rest", forwardTo }], policies });
    await settled();
    const [object] = objects("VirtualService");
    assert.ok(object);
    const { http } = object.inputs["spec"] as { readonly http: readonly (Route & { readonly retries: object })[] };
    assert.equal(http[0]?.timeout, "5s");
    assert.match(JSON.stringify(http[0]?.retries), /^\{"attempts":.*__pulumiUnknown/);
  });
});
