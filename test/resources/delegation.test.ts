/** Tables that delegate to others: of the program, and of other stacks. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  HeaderManipulationPolicy,
  type ResourceRef,
  RouteTable,
  type RouteTableArgs,
  RoutingError,
} from "../../sdk/nodejs/src/index.js";
import { objects, settled, startMocks, unknown } from "./mocks.js";
import { cluster, fleet, gateway, reviews, table } from "./two-clusters.js";

interface Route {
  readonly name: string;
  readonly match?: unknown;
  readonly headers?: unknown;
  readonly route?: readonly { readonly destination: { readonly host: string } }[];
}

/** The routes of the first VirtualService. */
function routes(): readonly Route[] {
  return (objects("VirtualService")[0]?.inputs["spec"] as { readonly http: readonly Route[] } | undefined)?.http ?? [];
}

async function refOf(resource: { readonly ref: pulumi.Output<ResourceRef> }): Promise<ResourceRef> {
  return (resource.ref as unknown as { promise(): Promise<ResourceRef> }).promise();
}

/** The descriptor as another stack reads it. */
async function elsewhere(resource: { readonly ref: pulumi.Output<ResourceRef> }): Promise<{ ref: ResourceRef }> {
  return { ref: JSON.parse(JSON.stringify(await refOf(resource))) as ResourceRef };
}

function cart(args: Pick<RouteTableArgs, "fleet"> & Partial<RouteTableArgs>, name = "cart"): RouteTable {
  return new RouteTable(name, {
    http: [{ name: "all", matchers: [{ uri: { prefix: "/items" } }], directResponse: { status: 200 } }],
    ...args,
  });
}

const delegating = (...routeTables: RouteTableArgs["virtualGateways"] & object): RouteTableArgs["http"] => [
  { name: "cart", matchers: [{ uri: { prefix: "/cart" } }], delegate: { routeTables } },
];

describe("delegation", () => {
  beforeEach(() => startMocks());

  it("renders nothing for a table by itself, and its routes with the table that delegates to it", async () => {
    const prod = fleet();
    const team = cart({ fleet: prod });
    table({ fleet: prod, virtualGateways: [gateway(prod)], http: delegating(team) });
    await settled();
    const services = objects("VirtualService");
    assert.deepEqual(
      services.map(({ name }) => name),
      ["shop-east-VirtualService-shop--web", "shop-west-VirtualService-shop--web"],
    );
    assert.deepEqual(routes(), [
      { name: "cart/cart/all", match: [{ uri: { prefix: "/cart/items" } }], directResponse: { status: 200 } },
    ]);
  });

  it("works across stacks: the descriptor holds policies, destinations and further tables", async () => {
    const theirs = fleet();
    const edge = new HeaderManipulationPolicy("edge", { setRequestHeaders: { "x-team": pulumi.output("cart") } });
    const deep = cart(
      {
        fleet: theirs,
        policies: [edge],
        http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: reviews(theirs), port: 80 }] } }],
      },
      "deep",
    );
    const team = await elsewhere(
      cart({ fleet: theirs, http: [{ name: "further", delegate: { routeTables: [deep] } }] }),
    );
    await settled();
    await startMocks();
    const prod = fleet();
    table({ fleet: prod, virtualGateways: [gateway(prod)], http: delegating(team) });
    await settled();
    assert.deepEqual(routes(), [
      {
        name: "cart/cart/further/deep/all",
        match: [{ uri: { prefix: "/cart" } }],
        route: [{ destination: { host: "reviews.global", port: { number: 80 } } }],
        headers: { request: { set: { "x-team": "cart" } } },
      },
    ]);
    assert.deepEqual(objects("ServiceEntry"), [], "the destination is the other stack's");
  });

  it("tells what does not fit in the stack of the table that delegates, with the way to it", async () => {
    const theirs = fleet();
    const team = await elsewhere(
      cart({
        fleet: theirs,
        http: [
          {
            name: "far",
            forwardTo: { destinations: [{ service: { name: "a", namespace: "shop", cluster: "west" }, port: 80 }] },
          },
          { name: "post", matchers: [{ method: "POST" }], directResponse: { status: 200 } },
        ],
      }),
    );
    const prod = fleet({ clusters: [cluster("east")] });
    const http = [
      { name: "cart", matchers: [{ uri: { prefix: "/cart" }, method: "GET" }], delegate: { routeTables: [team] } },
    ];
    assert.throws(
      () => table({ fleet: prod, virtualGateways: [gateway(prod)], http }),
      (error: unknown) => {
        assert.ok(error instanceof RoutingError, String(error));
        assert.deepEqual(
          error.diagnostics.map(({ code, subject, through }) => [code, subject.name, through]),
          [
            ["MW0501", "cart", undefined],
            ["MW0249", "cart", ["shop/cart"]],
          ],
        );
        return true;
      },
    );
    await settled();
  });

  it("keeps the objects back where a leaf of a table below turns out wrong", async () => {
    const prod = fleet();
    const team = cart({
      fleet: prod,
      http: [{ name: "all", directResponse: { status: pulumi.output(999) } }],
    });
    const shop = table({ fleet: prod, virtualGateways: [gateway(prod)], http: delegating(team) });
    for (const each of [team, shop])
      await assert.rejects(refOf(each), (error: unknown) => {
        assert.ok(error instanceof RoutingError, String(error));
        return error.diagnostics.map(({ code, subject }) => `${code} ${subject.name}`).join() === "MW0104 cart";
      });
    await settled();
    assert.deepEqual(objects("VirtualService"), []);
  });
});

describe("leaves that delegation depends on", () => {
  beforeEach(() => startMocks(true));

  const specOf = (): unknown => objects("VirtualService")[0]?.inputs["spec"];

  it("stay unknown alone where they only stand in a path", async () => {
    const prod = fleet();
    const team = cart({
      fleet: prod,
      http: [{ name: "all", matchers: [{ uri: { prefix: unknown<string>() } }], directResponse: { status: 200 } }],
    });
    table({ fleet: prod, virtualGateways: [gateway(prod)], http: delegating(team) });
    await settled();
    assert.equal(routes()[0]?.name, "cart/cart/all");
    assert.match(JSON.stringify(routes()[0]?.match), /__pulumiUnknown/);
  });

  it("let the whole object wait where they decide about the order, or whether a matcher is left", async () => {
    for (const change of [{ sortMethod: "ROUTE_SPECIFICITY" as const }, {}]) {
      await startMocks(true);
      const prod = fleet();
      const uri = { exact: unknown<string>() };
      const team = cart({ fleet: prod, http: [{ name: "all", matchers: [{ uri }], directResponse: { status: 200 } }] });
      const matchers = [{ uri: "sortMethod" in change ? { prefix: "/cart" } : { exact: "/cart" } }];
      const http = [{ name: "cart", matchers, delegate: { routeTables: [team], ...change } }];
      table({ fleet: prod, virtualGateways: [gateway(prod)], http });
      await settled();
      assert.deepEqual(Object.keys(specOf() as object), ["__pulumiUnknown"], JSON.stringify(change));
    }
  });
});
