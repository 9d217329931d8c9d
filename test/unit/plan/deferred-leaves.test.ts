/** Counterexamples found by the property test of unknown leaves. */
import assert from "node:assert/strict";
import { compile } from "../../../sdk/nodejs/src/compile.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { deferredOf, isDeferred } from "../../../sdk/nodejs/src/model/deferred.js";
import { type ModelArgs, modelOf } from "../../support/models.js";

const later = deferredOf([1]);
const east = { name: "east", locality: { region: "r" } };

function render(args: ModelArgs, cluster: object = east) {
  return compile(modelOf({ fleets: { prod: { clusters: [cluster] } }, ...args })).objects;
}

const web = (listener: object) => ({
  web: {
    fleet: "prod",
    namespace: "gateways",
    workloads: { labels: { istio: "ingressgateway" } },
    listeners: [listener],
  },
});

const shop = (route: object) => ({
  shop: { fleet: "prod", hosts: ["shop.example.com"], virtualGateways: ["web"], http: [{ name: "all", ...route }] },
});

function objectOf(kind: string, objects: readonly { readonly object: KubeObject }[]): KubeObject {
  const found = objects.find(({ object }) => object.kind === kind);
  assert.ok(found, `no ${kind}`);
  return found.object;
}

describe("plan: unknown leaves", () => {
  it("defer a list of identities, in which duplicates are written once", () => {
    const service = { namespace: "shop", labels: { app: "a" }, serviceAccounts: [later, "b"] };
    const reviews = {
      fleet: "prod",
      hosts: ["a.global"],
      services: [service],
      ports: [{ number: 80, protocol: "HTTP" }],
    };
    const [first] = render({ virtualDestinations: { reviews } });
    assert.ok(first?.shapedBy, "the object does not wait");
  });

  it("defer a listener that may have a redirect", () => {
    const [first] = render({ virtualGateways: web({ port: 80, httpsRedirect: later }) });
    assert.ok(first?.shapedBy, "the object does not wait");
  });

  it("never name the rule of a Service's subsets", () => {
    const destination = {
      service: { name: "a", namespace: "shop", cluster: "east" },
      port: 80,
      subset: { version: "v1" },
    };
    const args = {
      virtualGateways: web({ port: 80 }),
      routeTables: shop({ forwardTo: { destinations: [destination] } }),
    };
    const [unknown, known] = [later, "k8s.local"].map((clusterDomain) =>
      objectOf("DestinationRule", render(args, { ...east, clusterDomain })),
    );
    assert.equal(unknown?.metadata.name, known?.metadata.name);
  });

  it("defer a matcher's port while the listener's target port is unknown", () => {
    const route = { matchers: [{ port: 80 }], directResponse: { status: 200 } };
    const objects = render({ virtualGateways: web({ port: later, targetPort: 8080 }), routeTables: shop(route) });
    const http = objectOf("VirtualService", objects).spec["http"] as { match: { port: unknown }[] }[];
    assert.ok(isDeferred(http[0]?.match[0]?.port));
  });

  it("defer the Host header while the port of a destination that is found by it is unknown", () => {
    const clusters = ["east", "west"].map((name, index) => ({
      name,
      mesh: "NONE",
      eastWestGateway: { addresses: [`203.0.113.${index}`] },
    }));
    const reviews = {
      fleet: "prod",
      hosts: ["a.global"],
      services: [{ namespace: "shop", labels: { app: "a" } }],
      ports: [{ number: later, protocol: "HTTP" }],
    };
    const { objects } = compile(
      modelOf({
        fleets: { prod: { clusters } },
        virtualDestinations: { reviews },
        virtualGateways: web({ port: 80 }),
        routeTables: shop({ forwardTo: { destinations: [{ virtualDestination: "reviews" }] } }),
      }),
    );
    const table = objects.filter(({ maker }) => maker.kind === "RouteTable");
    const http = objectOf("VirtualService", table).spec["http"] as {
      route: { headers: { request: { set: { host: unknown } } } }[];
    }[];
    assert.ok(isDeferred(http[0]?.route[0]?.headers.request.set.host));
  });
});
