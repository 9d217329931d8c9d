/** What a program's resources touch is held against all of its workspaces, whichever is declared first. */
import assert from "node:assert/strict";
import { type Output, secret } from "@pulumi/pulumi";
import type { ResourceRef } from "../../sdk/nodejs/src/args/reference.js";
import {
  type ClusterArgs,
  ExternalService,
  Fleet,
  RouteTable,
  RoutingError,
  VirtualDestination,
  Workspace,
  WorkspaceSettings,
} from "../../sdk/nodejs/src/index.js";
import { objects, settled, startMocks } from "./mocks.js";
import { cluster, fleet, gateway, table } from "./two-clusters.js";

interface Described {
  readonly ref: Output<ResourceRef>;
}

async function refOf({ ref }: Described): Promise<ResourceRef> {
  return (ref as unknown as { promise(): Promise<ResourceRef> }).promise();
}

/** What is found, by the resources that it is about. */
function findingsOf(...declare: readonly (() => unknown)[]): readonly string[] {
  return declare.flatMap((make) => {
    try {
      make();
    } catch (error) {
      assert.ok(error instanceof RoutingError, String(error));
      return error.diagnostics.map(({ code, subject }) => `${code} ${subject.kind}/${subject.name}`);
    }
    return [];
  });
}

const team = (in_: Fleet, name: string) =>
  new Workspace(name, { fleet: in_, workloadClusters: [{ namespaces: [{ name }] }] });

describe("teams of a program", () => {
  beforeEach(() => startMocks(true));

  const toBooks = [
    {
      name: "all",
      forwardTo: { destinations: [{ service: { name: "reviews", namespace: "books", cluster: "east" }, port: 80 }] },
    },
  ];

  it("find a table of nobody that routes to a Service of theirs, declared before or after it", () => {
    const before = fleet();
    const web = gateway(before);
    const wrong = () => table({ fleet: before, virtualGateways: [web], http: toBooks });
    assert.deepEqual(
      findingsOf(() => team(before, "books"), wrong),
      ["MW0630 RouteTable/shop"],
    );
    const after = fleet();
    const other = gateway(after);
    const early = () => table({ fleet: after, virtualGateways: [other], http: toBooks });
    assert.deepEqual(
      findingsOf(early, () => team(after, "books")),
      ["MW0630 RouteTable/shop"],
    );
  });

  it("find a destination of nobody, and hosts of each other", () => {
    const prod = fleet();
    const make = (name: string, hosts: string[], namespace: string, workspace?: Workspace) =>
      new VirtualDestination(name, {
        fleet: prod,
        hosts,
        services: [{ namespace, labels: { app: name }, serviceAccounts: ["x"] }],
        ports: [{ number: 80, protocol: "HTTP" }],
        ...(workspace && { workspace }),
      });
    const found = findingsOf(
      () => make("loose", ["loose.global"], "books"),
      () => make("short", ["reviews.books"], "misc"),
      () => team(prod, "books"),
    );
    assert.deepEqual(found, [
      "MW0638 VirtualDestination/loose",
      "MW0630 VirtualDestination/loose",
      "MW0638 VirtualDestination/short",
      "MW0631 VirtualDestination/short",
    ]);
  });

  it("have one WorkspaceSettings each", () => {
    const prod = fleet();
    const books = team(prod, "books");
    const settings = (name: string) => new WorkspaceSettings(name, { workspace: books });
    const found = findingsOf(
      () => settings("own"),
      () => settings("another"),
    );
    assert.deepEqual(found, ["MW0637 WorkspaceSettings/another", "MW0637 WorkspaceSettings/own"]);
  });

  it("have the routes of their tables in a namespace of theirs", async () => {
    await startMocks();
    const prod = fleet({ gatewayNamespaces: ["gateways"] });
    const shop = team(prod, "shop");
    new RouteTable("shop", {
      fleet: prod,
      workspace: shop,
      hosts: ["shop.example.com"],
      virtualGateways: [gateway(prod)],
      http: [{ name: "ok", directResponse: { status: 200 } }],
    });
    await settled();
    const places = objects("VirtualService").map(({ name, inputs }) => [name, inputs["metadata"]]);
    for (const [, metadata] of places) assert.equal((metadata as { namespace: string }).namespace, "shop");
    assert.equal(places.length, 2);
  });

  const PORTS = [{ number: 80, protocol: "HTTP" as const }];
  const outside = (prod: Fleet, shop: Workspace, fields: object) =>
    new ExternalService("outside", {
      fleet: prod,
      workspace: shop,
      namespace: "shop",
      hosts: ["x.example.com"],
      ports: PORTS,
      ...fields,
    });
  /** What the shop reaches over with, by a value that is a secret. */
  const REACHES: readonly (readonly [string, string, (prod: Fleet, shop: Workspace) => Described])[] = [
    [
      "an endpoint",
      "MW0633",
      (prod, shop) => outside(prod, shop, { endpoints: [{ address: secret("reviews.books") }] }),
    ],
    ["a host", "MW0631", (prod, shop) => outside(prod, shop, { hosts: [secret("reviews.books")] })],
    [
      "a wildcard",
      "MW0632",
      (prod, shop) => outside(prod, shop, { hosts: [secret("*.books.corp")], exportTo: ["books"] }),
    ],
  ];
  for (const [what, code, reach] of REACHES)
    it(`are not reached over by ${what} that is a secret`, async () => {
      const prod = fleet();
      const [books, shop] = [team(prod, "books"), team(prod, "shop")];
      new VirtualDestination("reviews", {
        fleet: prod,
        workspace: books,
        hosts: ["a.books.corp"],
        services: [{ namespace: "books", labels: { app: "reviews" }, serviceAccounts: ["x"] }],
        ports: PORTS,
      });
      await assert.rejects(refOf(reach(prod, shop)), (error: unknown) => {
        assert.ok(error instanceof RoutingError, String(error));
        assert.ok(error.diagnostics.some((each) => each.code === code && each.withheld === true));
        return true;
      });
      await settled();
    });

  it("find a secret host of theirs that another one takes later", async () => {
    const prod = fleet();
    const [books, shop] = [team(prod, "books"), team(prod, "shop")];
    const destination = new VirtualDestination("reviews", {
      fleet: prod,
      workspace: books,
      hosts: [secret("a.books.corp")],
      services: [{ namespace: "books", labels: { app: "reviews" }, serviceAccounts: ["x"] }],
      ports: PORTS,
    });
    await refOf(destination);
    const found = findingsOf(() => outside(prod, shop, { hosts: ["*.books.corp"], exportTo: ["books"] }));
    assert.deepEqual(found, ["MW0641 ExternalService/outside", "MW0632 ExternalService/outside"]);
    await settled();
  });

  describe("of two fleets", () => {
    const over = (name: string, clusters: readonly ClusterArgs[]) => new Fleet(name, { clusters: [...clusters] });
    const cases: readonly { what: string; first: ClusterArgs; second: ClusterArgs; isFound: boolean }[] = [
      { what: "one context", first: cluster("east"), second: cluster("other", { context: "east" }), isFound: true },
      {
        what: "one identifier",
        first: cluster("east", { clusterIdentifier: "uid-1" }),
        second: cluster("west", { clusterIdentifier: "uid-1" }),
        isFound: true,
      },
      { what: "two contexts", first: cluster("east"), second: cluster("east", { context: "west" }), isFound: false },
      {
        what: "a way that is not known yet",
        first: cluster("east"),
        second: cluster("east", { kubeconfig: secret("contexts: [{name: east}]") }),
        isFound: false,
      },
    ];
    for (const { what, first, second, isFound } of cases) {
      it(`with ${what}: a workspace of the one ${isFound ? "finds" : "does not find"} the other (MW0644)`, async () => {
        const [prod] = [over("prod", [first]), over("second", [second])];
        assert.deepEqual(
          findingsOf(() => team(prod, "shop")),
          isFound ? ["MW0644 Workspace/shop"] : [],
        );
        await settled();
      });

      it(`with ${what}: the other ${isFound ? "finds" : "does not find"} an earlier workspace`, async () => {
        team(over("prod", [first]), "shop");
        assert.deepEqual(
          findingsOf(() => over("second", [second])),
          isFound ? ["MW0644 Fleet/second"] : [],
        );
        await settled();
      });
    }

    it("without workspaces nothing is found", async () => {
      assert.deepEqual(
        findingsOf(
          () => over("prod", [cluster("east")]),
          () => over("second", [cluster("east")]),
        ),
        [],
      );
      await settled();
    });
  });
});
