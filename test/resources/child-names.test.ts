/**
 * The names of providers and children, which with their parents' make the URNs of stacks' states.
 *
 * A name that changes without an alias makes Pulumi make the object anew and delete it under its former name. Whoever changes a name here keeps
 * the former one as an alias, and adds the new one to the list; a line of the list never changes.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AccessPolicy,
  HTTPBufferPolicy,
  OutlierDetectionPolicy,
  TrimProxyConfigPolicy,
  VirtualDestination,
  Workspace,
  WorkspaceSettings,
} from "../../sdk/nodejs/src/index.js";
import { registered, settled, startMocks } from "./mocks.js";
import { cluster, fleet, gateway, reviews, table } from "./two-clusters.js";

const LIST = join(__dirname, "child-names.txt");

describe("names of providers and children", () => {
  before(() => startMocks());

  it("are those of the list, which stacks' states know", async () => {
    const in_ = fleet({
      clusters: [cluster("east"), cluster("west", { clusterIdentifier: "west" })],
      // most of the resources are nobody's
      mayClaim: { namespaces: ["shop"], hosts: ["reviews.global"] },
    });
    const web = gateway(in_);
    const workspace = new Workspace("team", { fleet: in_, workloadClusters: [{ namespaces: [{ name: "shop" }] }] });
    const settings = new WorkspaceSettings("team", { workspace, options: { serviceIsolation: { enabled: true } } });
    const policies = [
      new OutlierDetectionPolicy("outliers", {}),
      new AccessPolicy("readers", {
        authzList: [
          { allowedClients: [{ serviceAccountSelector: { namespace: "shop", name: "web" } }], allowedMethods: ["GET"] },
        ],
      }),
    ];
    const destination = reviews(in_, { policies: policies.slice(0, 1) });
    new VirtualDestination("isolated", {
      fleet: in_,
      workspace: settings,
      hosts: ["isolated.global"],
      services: [{ namespace: "shop", labels: { app: "isolated" }, serviceAccounts: ["isolated"] }],
      ports: [{ number: 80, protocol: "HTTP" }],
      policies: policies.slice(1),
    });
    new TrimProxyConfigPolicy("trim", {
      fleet: in_,
      workloads: { namespace: "shop", labels: { app: "web" } },
      includedDestinations: [{ virtualDestination: destination }],
    });
    table({
      fleet: in_,
      policies: [new HTTPBufferPolicy("small", { maxRequestBytes: 1000 })],
      virtualGateways: [web],
      http: [
        {
          name: "reviews",
          matchers: [{ uri: { prefix: "/r" } }],
          forwardTo: { destinations: [{ virtualDestination: destination, port: 80 }] },
        },
        {
          name: "rest",
          forwardTo: {
            destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 80 }],
          },
        },
      ],
    });
    await settled();
    const names = registered
      .filter(({ type }) => type.startsWith("kubernetes:") || type.startsWith("pulumi:providers:"))
      .map(({ type, name }) => `${type} ${name}`)
      .sort();
    assert.deepEqual(names, readFileSync(LIST, "utf8").trim().split("\n"));
  });
});
