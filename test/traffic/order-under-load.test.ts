/**
 * One `pulumi up` changes routes together with the objects that they use, and another one reverts it, under constant
 * load; no request may fail.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Edit, edit, without } from "../e2e/support/example.js";
import type { HttpCall } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { ip } from "../lab/data-plane/network/namespaces.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { type Caller, loseNothing } from "./support/constant-load.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = readFileSync(path.resolve("test/traffic/programs/order.ts"), "utf8");
/** Without a mesh, gateways find a destination by its Host header, and no subsets of it. */
const NO_MESH = edit(
  without(PROGRAM, "Routes for clients in the mesh").replaceAll(/trustDomain: "[^"]*"/g, `mesh: "NONE"`),
  [`, subset: { version: "v2" }`, ""],
  [", policies: [members]", ""],
);
const FLAT = PROGRAM.replaceAll(/context: "[^"]*"/g, (context) => `${context},\n      network: "shared"`);

const ARCHIVE = "203.0.113.47";
const OTHER_DOOR = "203.0.113.29";

/** A change, the path of the requests sent meanwhile, and whether clients in the mesh send some too. */
interface Change {
  readonly of: string;
  readonly edits: readonly Edit[];
  readonly target: string;
  readonly isHttps?: boolean;
  readonly fromSidecar?: boolean;
  /** True if it is not reverted under load, because that takes several runs. */
  readonly isOneWay?: boolean;
}

const TO_V2 = `subset: { version: "v2" } }`;
const SUBSETS = `subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }]`;
const RENAMED: Edit = [`hosts: ["reviews.global"]`, `hosts: ["reviews.internal"]`];

const HOST: Change = { of: "a virtual destination's host", edits: [RENAMED], target: "/subset", fromSidecar: true };
const SUBSET: Change = {
  of: "a subset that is no longer there, with its route",
  edits: [
    [SUBSETS, `subsets: [{ labels: { version: "v1" } }]`],
    [TO_V2, `subset: { version: "v1" } }`],
  ],
  target: "/subset",
};
const SERVICE: Change = {
  of: "the cluster of a Service",
  edits: [[`namespace: "shop", cluster: "east" }`, `namespace: "shop", cluster: "west" }`]],
  target: "/service",
};

const CHANGES: readonly Change[] = [
  HOST,
  {
    of: "the host of a destination that is in the other cluster",
    edits: [[`hosts: ["ratings.global"]`, `hosts: ["stars.internal"]`]],
    target: "/ratings",
  },
  {
    of: "the first of several hosts",
    edits: [[`hosts: ["reviews.global"]`, `hosts: ["reviews.internal", "reviews.global"]`]],
    target: "/subset",
    fromSidecar: true,
  },
  SUBSET,
  {
    of: "all subsets",
    edits: [
      [SUBSETS, "subsets: []"],
      [`, ${TO_V2}`, " }"],
    ],
    target: "/subset",
  },
  {
    of: "the labels of a subset",
    edits: [
      [SUBSETS, `subsets: [{ labels: { version: "v1" } }, { labels: { track: "new" } }]`],
      [TO_V2, `subset: { track: "new" } }`],
    ],
    target: "/subset",
  },
  {
    of: "the clusters of a destination, by one more",
    isOneWay: true,
    edits: [
      [`labels: { app: "ratings" }, cluster: "west"`, `labels: { app: "ratings" }`],
      [`labels: { app: "authorizer" }, cluster: "east"`, `labels: { app: "authorizer" }`],
    ],
    target: "/ratings",
  },
  { of: "the port of another listener", edits: [["port: 8081", "port: 8082"]], target: "/reviews" },
  SERVICE,
  { of: "an east-west address", edits: [["203.0.113.20", OTHER_DOOR]], target: "/ratings" },
  { of: "a TLS secret", edits: [[`"web-cert"`, `"web-cert-renewed"`]], target: "/reviews", isHttps: true },
  {
    of: "an external service's host",
    edits: [[`"archive.example.net"`, `"archive.example.org"`]],
    target: "/archive",
  },
  {
    of: "the server that a policy asks",
    edits: [[`authorizerCalled("authorizer")`, `authorizerCalled("judge")`]],
    target: "/members",
  },
  {
    of: "identities that pods may show",
    edits: [[`serviceAccounts: ["ratings"]`, `serviceAccounts: ["ratings", "other"]`]],
    target: "/ratings",
  },
  {
    of: "the name of a virtual destination",
    edits: [[`VirtualDestination("ratings"`, `VirtualDestination("stars"`]],
    target: "/ratings",
  },
  {
    of: "the name of a gateway",
    edits: [[`VirtualGateway("web"`, `VirtualGateway("door"`]],
    target: "/reviews",
  },
  { of: "the name of a table", edits: [[`RouteTable("shop"`, `RouteTable("store"`]], target: "/service" },
];

const pod = (app: string, more: Partial<PodSpec> = {}): PodSpec => ({
  name: app,
  namespace: "shop",
  labels: { app },
  httpPorts: [9080],
  ...more,
});
const reviews = (version: string, track: string) =>
  pod("reviews", {
    name: `reviews-${version}`,
    labels: { app: "reviews", version, track },
    serviceAccount: "reviews",
  });

/** Starts the backends of the program; `proxy` is the proxy of the pods. */
function preparing(program: string, proxy: PodSpec["proxy"] = "sidecar"): (setting: Setting) => Promise<void> {
  return async (setting) => {
    const { dataPlane } = setting;
    for (const name of ["web-cert", "web-cert-renewed"]) await setting.certificate(name, ["*.example.com"]);
    const pods = [
      ["east", pod("frontend", { httpPorts: [8080] })],
      ["west", pod("frontend", { httpPorts: [8080] })],
      ["east", pod("client", { namespace: "library", httpPorts: [] })],
      ["east", reviews("v1", "old")],
      ["west", reviews("v1", "old")],
      ["west", reviews("v2", "new")],
      ["east", pod("ratings")],
      ["west", pod("ratings")],
      ["east", pod("authorizer", { httpPorts: [], grpcPorts: [9000] })],
      ["west", pod("authorizer", { httpPorts: [], grpcPorts: [9000] })],
    ] as const;
    await Promise.all([
      setting.startPods(...pods.map(([cluster, spec]) => [cluster, { ...spec, proxy }] as const)),
      ...dataPlane.lab.clusters.flatMap(({ name }) => [
        setting.service(name, "frontend", 8080, 8080),
        setting.service(name, "reviews", 9080, 9080),
      ]),
    ]);
    await setting.up(program);
  };
}

/** A place outside the clusters, and a second address for the west's east-west gateway. */
async function prepareOutside({ dataPlane }: Setting): Promise<void> {
  await dataPlane.startOutsider("archive", { address: ARCHIVE, httpPorts: [8080] });
  await ip(dataPlane.network.cluster("west").node, `address add ${OTHER_DOOR}/24 dev wan`);
  await dataPlane.network.forward("west", OTHER_DOOR, dataPlane.gateways("west").eastWest.address);
}

/** Makes each change and reverts it. */
function changing(setting: () => Setting, program: string, changes: readonly Change[]): void {
  for (const { of, edits, target, isHttps = false, fromSidecar = false, isOneWay = false } of changes) {
    const callers = (): Caller[] => {
      const { world } = setting().dataPlane;
      const url = `${isHttps ? "https" : "http"}://shop.example.com${target}`;
      const connectTo = setting().dataPlane.ingressAddress("east");
      const call: HttpCall = { kind: "http", url, connectTo, headers: [["x-user", "ada"]] };
      const inside: HttpCall = { kind: "http", url: "http://reviews.shop.svc.cluster.local:9080/" };
      return [[world, call], ...(fromSidecar ? [[setting().pod("east", "client").app, inside] as const] : [])];
    };
    it(`changes ${of}`, () => loseNothing(callers(), () => setting().up(edit(program, ...edits))));
    if (!isOneWay) it(`changes ${of} back`, () => loseNothing(callers(), () => setting().up(program)));
  }
}

describeTraffic(
  "one run under load, on two networks,",
  Topology.TwoNetworks,
  async (setting) => {
    await prepareOutside(setting);
    await preparing(PROGRAM)(setting);
  },
  (setting) => changing(setting, PROGRAM, CHANGES),
);

describeTraffic("one run under load, on one network,", Topology.Flat, preparing(FLAT), (setting) =>
  changing(setting, FLAT, [HOST, SUBSET, SERVICE]),
);

describeTraffic("one run under load, without a mesh,", Topology.NoMesh, preparing(NO_MESH, "none"), (setting) =>
  changing(setting, NO_MESH, [{ ...HOST, target: "/reviews", fromSidecar: false }, SERVICE]),
);
