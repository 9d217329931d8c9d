import assert from "node:assert/strict";
import type { RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { lostObjects, unreachedClusters } from "../../sdk/nodejs/src/resources/object-checks.js";

const subject = { kind: "RouteTable", name: "shop" } as const;

function rendered(cluster: string, name: string): RenderedObject {
  const metadata = { name, namespace: "gateways", labels: {} };
  return {
    maker: subject,
    cluster,
    step: 0,
    object: { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata, spec: {} },
  };
}

describe("last checks before objects are declared", () => {
  it("report each cluster without a provider once (MW0531)", () => {
    const objects = [rendered("east", "a"), rendered("west", "a"), rendered("west", "b")];
    const found = unreachedClusters(subject, objects, new Map([["east", {}]]));
    assert.deepEqual(
      found.map(({ code, facts }) => [code, facts]),
      [["MW0531", { cluster: "west" }]],
    );
  });

  it("report objects that are gone once leaves are known (MW0901)", () => {
    const [kept, gone] = [rendered("east", "a"), rendered("east", "b")];
    const key = "east/networking.istio.io/v1/VirtualService/gateways/";
    const found = lostObjects(subject, [kept, gone], new Map([[`${key}a`, kept]]));
    assert.deepEqual(
      found.map(({ code }) => code),
      ["MW0901"],
    );
    assert.match(JSON.stringify(found[0]?.facts), /gateways\/b is gone/);
    assert.deepEqual(lostObjects(subject, [kept], new Map([[`${key}a`, kept]])), []);
  });
});
