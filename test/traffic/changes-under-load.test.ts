/** Route tables change again and again under constant load; no request may fail. */
import assert from "node:assert/strict";
import { compile } from "../../sdk/nodejs/src/compile.js";
import { edit, example, without } from "../e2e/support/example.js";
import { succeed } from "../e2e/support/stack.js";
import { applyObject } from "../lab/cluster/kube-request.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { modelOf } from "../support/models.js";
import { loseNothing } from "./support/constant-load.js";
import { waitForAnswer } from "./support/requests.js";
import { describeTraffic, type Setting, TEST_TIMEOUT } from "./support/setting.js";

const SHOP = "https://shop.example.com";
const VIRTUAL_SERVICES = "/apis/networking.istio.io/v1/namespaces/gateways/virtualservices";
const CHANGES = 1000;
const CLUSTERS = ["east", "west"];

/** The example with a policy that Istio has fields for, and one that it has none for. */
const WITH_POLICIES = edit(example(), [
  'new meshway.RouteTable("shop", {\n  fleet,',
  `const patience = new meshway.RetryTimeoutPolicy("patience", { requestTimeout: "5s" });
const small = new meshway.HTTPBufferPolicy("small", { maxRequestBytes: 1000 });
new meshway.RouteTable("shop", {
  fleet,
  policies: [patience, small],`,
]);

const reviews = {
  name: "reviews-v1",
  namespace: "shop",
  labels: { app: "reviews", version: "v1" },
  serviceAccount: "reviews",
  httpPorts: [9080],
};

const REVIEWS = `{
      name: "reviews",
      matchers: [{ uri: { prefix: "/reviews" } }],
      forwardTo: { destinations: [{ virtualDestination: reviews }] },
    },`;
const HEALTH = `{ name: "health", matchers: [{ uri: { exact: "/healthz" } }], directResponse: { status: 200 } },`;

/** The example's gateway, for a table that delegates everything to those of two teams, with these routes. */
function twoTeams(first: string, second: string): string {
  return `${without(example(), "Owned by the app team")}
const first = new meshway.RouteTable("first", { fleet, http: [${first}] });
const second = new meshway.RouteTable("second", { fleet, http: [${second}] });
new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [{ name: "teams", delegate: { routeTables: [first, second] } }],
});
`;
}

/** The example, owned by two teams of these names, that of the app keeping callers of other teams away. */
function ownedBy(operators: string, app: string): string {
  return edit(
    example(),
    [
      "// Owned by the operators",
      `const operators = new meshway.Workspace("${operators}", { fleet, workloadClusters: [{ namespaces: [{ name: "gateways" }] }] });
const app = new meshway.WorkspaceSettings("${app}", {
  workspace: new meshway.Workspace("${app}", { fleet, workloadClusters: [{ namespaces: [{ name: "shop" }] }] }),
  exportTo: [{ workspaces: [operators] }],
  options: { serviceIsolation: { enabled: true } },
});
// Owned by the operators`,
    ],
    [
      'new meshway.VirtualGateway("web", {\n  fleet,',
      'new meshway.VirtualGateway("web", {\n  fleet,\n  workspace: operators,',
    ],
    [
      'allowedRouteTables: [{ host: "*.example.com" }]',
      'allowedRouteTables: [{ host: "*.example.com", workspaces: [app] }]',
    ],
    [
      'new meshway.VirtualDestination("reviews", {\n  fleet,',
      'new meshway.VirtualDestination("reviews", {\n  fleet,\n  workspace: app,',
    ],
    ['new meshway.RouteTable("shop", {\n  fleet,', 'new meshway.RouteTable("shop", {\n  fleet,\n  workspace: app,'],
  );
}

async function prepare(setting: Setting): Promise<void> {
  await setting.certificate("web-cert", ["*.example.com"]);
  await Promise.all([
    setting.startPods(
      ["east", { name: "frontend", namespace: "shop", labels: { app: "frontend" }, httpPorts: [8080] }],
      ["east", reviews],
      ["west", reviews],
      ["west", { ...reviews, name: "reviews-v2", labels: { app: "reviews", version: "v2" } }],
    ),
    setting.service("east", "frontend", 8080, 8080),
  ]);
  await setting.up(example());
}

/** The example's table after so many changes: routes come, go and change places, weights, matchers and rewrites change. */
function tableAfter(change: number): object {
  const share = change % 101;
  const toReviews = {
    name: "reviews",
    matchers: [change % 2 === 0 ? { uri: { prefix: "/reviews" } } : { uri: { exact: "/reviews", ignoreCase: true } }],
    forwardTo: {
      ...(change % 3 === 0 && { pathRewrite: "/all" }),
      ...(change % 5 === 0 && { hostRewrite: "reviews.internal" }),
      destinations: [
        { virtualDestination: "reviews", subset: { version: "v1" }, weight: share },
        change % 4 === 0
          ? { service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080, weight: 100 - share }
          : { virtualDestination: "reviews", subset: { version: "v2" }, weight: 100 - share },
      ],
    },
  };
  const version = {
    name: "version",
    matchers: [{ uri: { exact: "/version" } }],
    directResponse: { status: 200, body: String(change) },
  };
  const others = Array.from({ length: change % 7 }, (_, index) => ({
    name: `other-${(change + index) % 11}`,
    matchers: [
      { uri: { prefix: `/other/${(change + index) % 11}/` }, headers: [{ name: "x-change", value: String(change) }] },
    ],
    redirect: { pathRedirect: "/reviews" },
  }));
  const http = change % 2 === 0 ? [toReviews, ...others, version] : [version, ...others, toReviews];
  return { fleet: "prod", hosts: ["shop.example.com"], virtualGateways: ["web"], http };
}

/** The same fleet, gateway and destination as the example's. */
const REST = {
  fleets: {
    prod: {
      clusters: [
        { name: "east", trustDomain: "east.example.com", eastWestGateway: { addresses: ["203.0.113.10"] } },
        { name: "west", trustDomain: "west.example.com", eastWestGateway: { addresses: ["203.0.113.20"] } },
      ],
    },
  },
  virtualGateways: {
    web: {
      fleet: "prod",
      namespace: "gateways",
      workloads: { labels: { istio: "ingressgateway" } },
      listeners: [
        { port: 80, httpsRedirect: true },
        {
          port: 443,
          tls: { mode: "SIMPLE", secretName: "web-cert" },
          allowedRouteTables: [{ host: "*.example.com" }],
        },
      ],
    },
  },
  virtualDestinations: {
    reviews: {
      fleet: "prod",
      hosts: ["reviews.global"],
      services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
      ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
      subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
    },
  },
};

describeTraffic("changes under load", Topology.TwoNetworks, prepare, (setting) => {
  const world = () => setting().dataPlane.world;
  const east = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });

  const underLoad = (change: () => Promise<void>): Promise<void> =>
    loseNothing([[world(), { kind: "http", url: `${SHOP}/reviews`, ...east() }]], change);

  it("by `pulumi up` lose no request", async () => {
    await underLoad(async () => {
      for (const weight of [50, 0, 100, 20]) {
        const program = edit(
          example(),
          ["weight: 90 }", `weight: ${weight} }`],
          ["weight: 10 }", `weight: ${100 - weight} }`],
        );
        await setting().up(program);
      }
    });
  });

  it("which take policies away show what they change, and lose no request", async () => {
    await setting().up(WITH_POLICIES);
    await waitForAnswer(world(), `${SHOP}/reviews`, ({ status }) => status === 413, {
      ...east(),
      method: "POST",
      body: "x".repeat(2_000),
    });
    await underLoad(async () => {
      setting().stack.write(example());
      const wanted = [
        "delete patience",
        ...CLUSTERS.map((cluster) => `delete shop-${cluster}-EnvoyFilter-shop--web`),
        "delete small",
        ...CLUSTERS.map((cluster) => `update shop-${cluster}-VirtualService-shop--web`),
      ].sort();
      assert.deepEqual(succeed(await setting().stack.preview()).changes, wanted);
      assert.deepEqual(succeed(await setting().stack.up()).changes, wanted);
      await waitForAnswer(world(), `${SHOP}/reviews`, ({ status }) => status === 200, {
        ...east(),
        method: "POST",
        body: "x".repeat(2_000),
      });
    });
  });

  it("which move a route to the table of another team show the gateways' routes, and lose no request", async () => {
    await setting().up(twoTeams(REVIEWS, HEALTH));
    await underLoad(async () => {
      setting().stack.write(twoTeams(HEALTH, REVIEWS));
      const wanted = CLUSTERS.map((cluster) => `update shop-${cluster}-VirtualService-shop--web`);
      assert.deepEqual(succeed(await setting().stack.preview()).changes, wanted);
      assert.deepEqual(succeed(await setting().stack.up()).changes, wanted);
    });
    await setting().up(example());
  });

  it("which rename the workspaces of both teams rename the isolation alone, and lose no request", async () => {
    await setting().up(ownedBy("operators", "shop-team"));
    const isolationOf = (change: string, team: string) =>
      CLUSTERS.flatMap((cluster) =>
        ["AuthorizationPolicy", "PeerAuthentication"].map(
          (kind) => `${change} ${team}-${cluster}-${kind}-${team}--workspace-isolation--shop`,
        ),
      );
    const applied = await setting().stack.applied();
    const isolation = (await setting().stack.exportState()).match(
      /kubernetes:security\.istio\.io\/v1:AuthorizationPolicy"/g,
    );
    // one of the destination, one of the namespace
    assert.equal(isolation?.length, 2 * CLUSTERS.length);
    await underLoad(async () => {
      setting().stack.write(ownedBy("platform", "storefront"));
      const wanted = [
        "create platform",
        "create storefront",
        ...isolationOf("create", "storefront"),
        "delete operators",
        "delete shop-team",
        ...isolationOf("delete", "shop-team"),
      ].sort();
      assert.deepEqual(succeed(await setting().stack.preview()).changes, wanted);
      assert.deepEqual(succeed(await setting().stack.up()).changes, wanted);
    });
    assert.deepEqual(await setting().stack.applied(), applied);
    await setting().up(example());
  });

  it(`lose no request in ${CHANGES} changes of a table, each of which the gateway has taken up`, async function () {
    this.timeout(4 * TEST_TIMEOUT);
    const cluster = setting().dataPlane.lab.client("east");
    await underLoad(async () => {
      for (let change = 1; change <= CHANGES; change++) {
        const model = modelOf({ ...REST, routeTables: { shop: tableAfter(change) } });
        const { objects, diagnostics } = compile(model, { focus: { kind: "RouteTable", name: "shop" } });
        assert.deepEqual(
          diagnostics.filter(({ severity }) => severity === "error"),
          [],
        );
        const table = objects.find((each) => each.cluster === "east" && each.object.kind === "VirtualService");
        assert.ok(table);
        await applyObject(cluster, VIRTUAL_SERVICES, table.object);
        await waitForAnswer(world(), `${SHOP}/version`, ({ body }) => body === String(change), {
          ...east(),
          everyMs: 10,
        });
      }
    });
  });
});
