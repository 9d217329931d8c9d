import assert from "node:assert/strict";
import { filesOf } from "../../../sdk/nodejs/src/cli/file-names.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";

function object(kind: string, namespace: string, name: string): KubeObject {
  return { apiVersion: "networking.istio.io/v1", kind, metadata: { name, namespace, labels: {} }, spec: {} };
}

describe("output files", () => {
  it("are named by kind, namespace and name", () => {
    const names = [
      ...filesOf([
        object("VirtualService", "shop", "web"),
        object("HTTPRoute", "a", "b"),
        object("Gateway", "g", "w"),
      ]).keys(),
    ];
    assert.deepEqual(names, ["gateway-g-w.yaml", "http-route-a-b.yaml", "virtual-service-shop-web.yaml"]);
  });

  it("tell objects apart whose names would be the same", () => {
    const one = object("Gateway", "a", "b-c");
    const two = object("Gateway", "a-b", "c");
    const names = [...filesOf([one, two]).keys()];
    assert.equal(names.length, 2);
    for (const name of names) assert.match(name, /^gateway-a-b-c-[0-9a-f]{8}\.yaml$/);
    assert.deepEqual([...filesOf([two, one])], [...filesOf([one, two])]);
  });
});
