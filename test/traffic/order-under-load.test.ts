/** One `pulumi up` changes what routes use together with the routes, and back again, under constant load; no request may fail. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Edit, edit } from "../e2e/support/example.js";
import type { App } from "../lab/data-plane/app/app.js";
import type { HttpCall } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { ip } from "../lab/data-plane/network/namespaces.js";
import { poll } from "../lab/processes/poll.js";
import { failures, waitForAnswer } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = readFileSync(path.resolve("test/traffic/programs/order.ts"), "utf8");
const RATE = 100;
const OUTSIDE = "203.0.113.40";
const OTHER_DOOR = "203.0.113.29";

const reviews = (version: string, track: string) => ({
  name: `reviews-${version}`,
  namespace: "shop",
  labels: { app: "reviews", version, track },
  serviceAccount: "reviews",
  httpPorts: [9080],
});
const frontend = { name: "frontend", namespace: "shop", labels: { app: "frontend" }, httpPorts: [8080] };
const client = { name: "client", namespace: "library", labels: { app: "client" } };

async function prepare(setting: Setting): Promise<void> {
  const { dataPlane } = setting;
  for (const name of ["web-cert", "web-cert-renewed"]) await setting.certificate(name, ["*.example.com"]);
  const { node } = dataPlane.network.cluster("west");
  await ip(node, `address add ${OTHER_DOOR}/24 dev wan`);
  await dataPlane.network.forward("west", OTHER_DOOR, dataPlane.gateways("west").eastWest.address);
  await Promise.all([
    dataPlane.startOutsider("archive", { address: OUTSIDE, httpPorts: [8080] }),
    setting.startPods(
      ["east", frontend],
      ["west", frontend],
      ["east", client],
      ["east", reviews("v1", "old")],
      ["west", reviews("v1", "old")],
      ["west", reviews("v2", "new")],
      ["west", { name: "ratings", namespace: "shop", labels: { app: "ratings" }, httpPorts: [9080] }],
      ["east", { name: "authorizer", namespace: "shop", labels: { app: "authorizer" }, grpcPorts: [9000] }],
    ),
    ...["east", "west"].flatMap((cluster) => [
      setting.service(cluster, "frontend", 8080, 8080),
      setting.service(cluster, "reviews", 9080, 9080),
    ]),
  ]);
  await setting.up(PROGRAM);
}

interface Change {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly target: string;
  readonly https?: boolean;
  readonly fromSidecar?: boolean;
}

const SUBSET = `forwardTo: { destinations: [{ virtualDestination: reviews, subset: { version: "v2" } }] }`;
const SUBSETS = `subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }]`;
const HOST: Edit = [`hosts: ["reviews.global"]`, `hosts: ["reviews.internal"]`];

const CHANGES: readonly Change[] = [
  { what: "the host of a virtual destination renamed", edits: [HOST], target: "/reviews", fromSidecar: true },
  { what: "the host renamed, asked through a subset", edits: [HOST], target: "/subset" },
  {
    what: "the host of a virtual destination in another cluster renamed",
    edits: [[`hosts: ["ratings.global"]`, `hosts: ["ratings.internal"]`]],
    target: "/ratings",
  },
  {
    what: "a host added before the first",
    edits: [[`hosts: ["reviews.global"]`, `hosts: ["reviews.internal", "reviews.global"]`]],
    target: "/reviews",
    fromSidecar: true,
  },
  {
    what: "a subset removed with its route",
    edits: [
      [SUBSETS, `subsets: [{ labels: { version: "v1" } }]`],
      [SUBSET, `forwardTo: { destinations: [{ virtualDestination: reviews, subset: { version: "v1" } }] }`],
    ],
    target: "/subset",
  },
  {
    what: "all subsets removed",
    edits: [
      [SUBSETS, "subsets: []"],
      [SUBSET, `forwardTo: { destinations: [{ virtualDestination: reviews }] }`],
    ],
    target: "/subset",
  },
  {
    what: "the labels of a subset changed",
    edits: [
      [SUBSETS, `subsets: [{ labels: { version: "v1" } }, { labels: { track: "new" } }]`],
      [SUBSET, SUBSET.replace(`version: "v2"`, `track: "new"`)],
    ],
    target: "/subset",
  },
  { what: "another listener's port moved", edits: [["port: 8081", "port: 8082"]], target: "/reviews" },
  {
    what: "a Service of another cluster",
    edits: [[`namespace: "shop", cluster: "east" }`, `namespace: "shop", cluster: "west" }`]],
    target: "/service",
  },
  { what: "an east-west address", edits: [["203.0.113.20", OTHER_DOOR]], target: "/ratings" },
  { what: "an east-west port", edits: [["port: 15443", "port: 15444"]], target: "/ratings" },
  {
    what: "exposed hosts narrowed with a host renamed",
    edits: [
      [`exposedHosts: ["*"]`, `exposedHosts: ["*.internal"]`],
      [`hosts: ["ratings.global"]`, `hosts: ["ratings.internal"]`],
      HOST,
      ["hosts: [`${name}.global`]", "hosts: [`${name}.internal`]"],
    ],
    target: "/ratings",
  },
  { what: "a TLS secret", edits: [[`"web-cert"`, `"web-cert-renewed"`]], target: "/reviews", https: true },
  {
    what: "a virtual destination's port",
    edits: [
      [
        `cluster: "west", serviceAccounts: ["ratings"] }],\n  ports: [{ number: 80,`,
        `cluster: "west", serviceAccounts: ["ratings"] }],\n  ports: [{ number: 8080,`,
      ],
    ],
    target: "/ratings",
  },
  {
    what: "exportTo narrowed with the callers",
    edits: [
      [`subsets: [`, `exportTo: ["gateways"],\n  subsets: [`],
      [`sidecars: { namespaces: ["library"] }`, `sidecars: { namespaces: ["billing"], labels: { app: "none" } }`],
      [
        `  http: [{ name: "reviews", ...toReviews }],`,
        `  http: [{ name: "reviews", directResponse: { status: 500 } }],`,
      ],
    ],
    target: "/reviews",
    fromSidecar: true,
  },
  {
    what: "an external service's host",
    edits: [[`"archive.example.net"`, `"archive.example.org"`]],
    target: "/archive",
  },
  {
    what: "a policy's server",
    edits: [[`authorizerCalled("authorizer")`, `authorizerCalled("judge")`]],
    target: "/members",
  },
  {
    what: "a policy's server with its host",
    edits: [["hosts: [`${name}.global`]", "hosts: [`${name}.internal`]"]],
    target: "/members",
  },
  {
    what: "TLS termination",
    edits: [[`hosts: ["ratings.global"]`, `hosts: ["ratings.global"],\n  clientMode: { tlsTermination: {} }`]],
    target: "/ratings",
  },
  {
    what: "identities",
    edits: [[`serviceAccounts: ["ratings"]`, `serviceAccounts: ["ratings", "other"]`]],
    target: "/ratings",
  },
  {
    what: "a virtual destination of another name",
    edits: [[`VirtualDestination("ratings"`, `VirtualDestination("stars"`]],
    target: "/ratings",
  },
  { what: "a gateway of another name", edits: [[`VirtualGateway("web"`, `VirtualGateway("door"`]], target: "/reviews" },
  {
    what: "a gateway of another name, over TLS",
    edits: [[`VirtualGateway("web"`, `VirtualGateway("door"`]],
    target: "/reviews",
    https: true,
  },
  { what: "a table of another name", edits: [[`RouteTable("shop"`, `RouteTable("store"`]], target: "/service" },
];

describeTraffic("order under load", Topology.TwoNetworks, prepare, (setting) => {
  const world = () => setting().dataPlane.world;

  async function underLoad(
    loads: readonly (readonly [App, HttpCall])[],
    change: () => Promise<void>,
  ): Promise<Record<string, number>> {
    for (const [app, { kind, url, ...rest }] of loads)
      await waitForAnswer(app, url, ({ status }) => status === 200, rest);
    for (const [app, call] of loads) await app.startLoad({ call, concurrency: 4, rate: RATE });
    await change();
    // what is deleted last reaches proxies after the run
    for (const [app] of loads) {
      const { length } = await app.loadRecords();
      await poll(async () => (await app.loadRecords()).length > length + RATE, { timeoutMs: 30_000, everyMs: 100 });
    }
    const found: Record<string, number> = {};
    for (const [index, [app]] of loads.entries()) {
      const records = await app.stopLoad();
      const pods = [...new Set(records.map((record) => record[4]))].join(" ");
      console.log(
        `      ${index === 0 ? "gateway" : "sidecar"} ${records.length} requests, failed ${JSON.stringify(failures(records))} ${pods}`,
      );
      for (const [what, count] of Object.entries(failures(records))) found[what] = (found[what] ?? 0) + count;
    }
    return found;
  }

  for (const { what, edits, target, https, fromSidecar } of CHANGES) {
    const loads = () => {
      const call: HttpCall = {
        kind: "http",
        url: `${https ? "https" : "http"}://shop.example.com${target}`,
        connectTo: setting().dataPlane.ingressAddress("east"),
        headers: [["x-user", "ada"]],
      };
      const inside: HttpCall = { kind: "http", url: "http://reviews.shop.svc.cluster.local:9080/" };
      return [
        [world(), call] as const,
        ...(fromSidecar ? [[setting().pod("east", "client").app, inside] as const] : []),
      ];
    };
    it(`${what}`, async () => {
      assert.deepEqual(await underLoad(loads(), () => setting().up(edit(PROGRAM, ...edits))), {});
    });
    it(`${what}, back`, async () => {
      assert.deepEqual(await underLoad(loads(), () => setting().up(PROGRAM)), {});
    });
  }
});
