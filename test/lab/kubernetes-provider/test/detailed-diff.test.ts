import assert from "node:assert/strict";
import { diffObjects } from "../src/detailed-diff";
import { forceNewPaths } from "../src/force-new";
import type { JsonObject } from "../src/json";
import { formatPath, parsePath } from "../src/property-path";
import { UNKNOWN_STRING } from "../src/property-values";

const FROZEN = { configMap: false, secret: false };

function changes(before: JsonObject, after: JsonObject, ignore: string[] = []): Record<string, string> {
  const rules = { forceNew: forceNewPaths(after, FROZEN), ignore: ignore.map(parsePath) };
  const found = diffObjects(before, after, rules);
  return Object.fromEntries(found.map(({ path, kind, replaces }) => [formatPath(path), replaces ? `${kind}!` : kind]));
}

function route(...weights: number[]): JsonObject {
  const apiVersion = "networking.istio.io/v1";
  const metadata = { name: "reviews", namespace: "shop" };
  const http = [{ route: weights.map((weight, index) => ({ destination: { host: `v${index}` }, weight })) }];
  return { apiVersion, kind: "VirtualService", metadata, spec: { http } };
}

describe("detailed diff", () => {
  it("reports exactly the changed weight", () => {
    assert.deepEqual(changes(route(90, 10), route(80, 10)), { "spec.http[0].route[0].weight": "UPDATE" });
  });

  it("reports members added to and removed from a list", () => {
    assert.deepEqual(changes(route(90), route(90, 10)), { "spec.http[0].route[1]": "ADD" });
    assert.deepEqual(changes(route(90, 10), route(90)), { "spec.http[0].route[1]": "DELETE" });
  });

  it("treats null and absent as equal", () => {
    assert.deepEqual(changes({ ...route(1), status: null }, route(1)), {});
  });

  it("treats an unknown value as an update of its path", () => {
    const after = { ...route(1), spec: { http: [{ route: [{ destination: { host: UNKNOWN_STRING }, weight: 1 }] }] } };
    assert.deepEqual(changes(route(1), after), { "spec.http[0].route[0].destination.host": "UPDATE" });
  });

  it("replaces when the identity changes", () => {
    const moved = { ...route(1), metadata: { name: "reviews", namespace: "other" } };
    assert.deepEqual(changes(route(1), moved), { "metadata.namespace": "UPDATE!" });
    assert.deepEqual(changes(route(1), { ...route(1), kind: "Sidecar" }), { kind: "UPDATE!" });
    const regrouped = { ...route(1), apiVersion: "example.com/v1" };
    assert.deepEqual(changes(route(1), regrouped), { apiVersion: "UPDATE!" });
    assert.deepEqual(changes({ ...route(1), apiVersion: "networking.istio.io/v1beta1" }, route(1)), {
      apiVersion: "UPDATE",
    });
  });

  it("replaces a ConfigMap whose data changed or was added as a whole", () => {
    const map = (data: JsonObject | null) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "m" }, data });
    assert.deepEqual(changes(map({ "a.b": "1" }), map({ "a.b": "2" })), { 'data["a.b"]': "UPDATE!" });
    assert.deepEqual(changes(map(null), map({ a: "1" })), { data: "ADD!" });
  });

  it("ignores the paths in ignoreChanges", () => {
    assert.deepEqual(changes(route(90, 10), route(80, 20), ["spec.http[0].route[0]"]), {
      "spec.http[0].route[1].weight": "UPDATE",
    });
    assert.deepEqual(changes(route(90, 10), route(80, 20), ["spec"]), {});
  });
});
