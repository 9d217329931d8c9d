import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settleShape } from "../../provider/settle-shape";

interface Options {
  readonly known?: boolean;
  readonly secret?: boolean;
  readonly resources?: readonly pulumi.Resource[];
}

/** Builds an Output as the host does for an argument. */
function arrived(
  value: unknown,
  { known = true, secret = false, resources = [] }: Options = {},
): pulumi.Output<unknown> {
  const make = pulumi.Output as unknown as new (...inside: unknown[]) => pulumi.Output<unknown>;
  const promises = [value, known, secret, new Set(resources)].map((inside) => Promise.resolve(inside));
  return new make([...resources], ...promises);
}

const inside = (value: unknown) =>
  value as { promise(): Promise<unknown>; isKnown: Promise<boolean>; isSecret: Promise<boolean> };

const REF = { kind: "Fleet", name: "prod", model: '{"clusters":[]}' };

describe("arguments that arrive at the host", () => {
  const dependency = { __pulumiResource: true, name: "dependency" } as unknown as pulumi.Resource;

  it("have plain descriptors, wherever the Output was", async () => {
    for (const fleet of [
      { ref: arrived(REF) },
      arrived({ ref: REF }),
      { ref: arrived(REF, { secret: true }) },
      arrived({ ref: REF }, { secret: true }),
    ])
      assert.deepEqual((await settleShape({ fleet })).value, { fleet: { ref: REF } });
    assert.deepEqual((await settleShape({ virtualGateways: arrived([{ ref: arrived(REF) }]) })).value, {
      virtualGateways: [{ ref: REF }],
    });
  });

  it("keep their dependencies", async () => {
    const { resources } = await settleShape({ fleet: { ref: arrived(REF, { resources: [dependency] }) }, a: [1] });
    assert.deepEqual(resources, [dependency]);
  });

  it("keep single values as Outputs, with their known and secret state", async () => {
    const address = arrived("203.0.113.1", { resources: [dependency] });
    const unknown = arrived(undefined, { known: false });
    const { value, resources } = await settleShape({ hosts: [address, unknown], port: 80, on: true });
    const { hosts } = value as { hosts: unknown[] };
    assert.equal(hosts[0], address);
    assert.equal(hosts[1], unknown);
    assert.deepEqual(resources, []);
  });

  it("leave unknown shapes to the component", async () => {
    const ref = arrived(undefined, { known: false });
    assert.deepEqual((await settleShape({ fleet: { ref } })).value, { fleet: { ref } });
  });

  it("keep each value of a secret argument secret", async () => {
    const { value } = await settleShape({
      http: arrived([{ name: "a", directResponse: { body: "hush" } }], { secret: true }),
    });
    const [route] = (value as { http: { directResponse: { body: unknown } }[] }).http;
    const body = inside(route?.directResponse.body);
    assert.deepEqual([await body.promise(), await body.isSecret, await body.isKnown], ["hush", true, true]);
  });

  it("leave resources alone", async () => {
    const { value } = await settleShape({ clusters: [{ provider: dependency }] });
    assert.equal((value as { clusters: { provider: unknown }[] }).clusters[0]?.provider, dependency);
  });
});
