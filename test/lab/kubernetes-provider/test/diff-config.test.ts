import assert from "node:assert/strict";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { diffConfig } from "../src/configure";
import type { JsonObject } from "../src/json";
import { toStruct, UNKNOWN_STRING } from "../src/property-values";

const SERVER = { server: "https://east:6443" };

function kubeconfig(cluster: JsonObject = SERVER, more: JsonObject = {}): string {
  return JSON.stringify({
    "current-context": "east",
    clusters: [
      { name: "east", cluster },
      { name: "west", cluster: { server: "https://west:6443" } },
    ],
    contexts: [
      { name: "east", context: { cluster: "east", user: "admin" } },
      { name: "also-east", context: { cluster: "east", user: "other" } },
      { name: "west", context: { cluster: "west", user: "admin" } },
    ],
    ...more,
  });
}

function replaces(before: JsonObject, after: JsonObject): string[] {
  const request = new provider.DiffRequest().setOlds(toStruct(before)).setNews(toStruct(after));
  return diffConfig(request.setOldInputs(toStruct(before))).getReplacesList();
}

/** The plugin replaces its provider, and so recreates all of its objects. */
describe("a provider is replaced", () => {
  it("when anything in the active cluster's entry changed", () => {
    const keys = { "tls-server-name": "east", "proxy-url": "http://proxy:80", "certificate-authority-data": "Q0E=" };
    for (const [key, value] of Object.entries(keys))
      assert.deepEqual(
        replaces({ kubeconfig: kubeconfig() }, { kubeconfig: kubeconfig({ ...SERVER, [key]: value }) }),
        ["kubeconfig"],
        key,
      );
  });

  it("when the context or the cluster selects another entry, not when another context selects the same one", () => {
    const before = { kubeconfig: kubeconfig() };
    assert.deepEqual(replaces(before, { ...before, context: "west" }), ["context"]);
    assert.deepEqual(replaces(before, { ...before, cluster: "west" }), ["cluster"]);
    assert.deepEqual(replaces(before, { ...before, context: "also-east" }), []);
  });

  it("not for credentials, other clusters or other settings", () => {
    const before = { kubeconfig: kubeconfig(), upsertExistingObjects: "true" };
    const users = [{ name: "admin", user: { token: "new" } }];
    assert.deepEqual(replaces(before, { kubeconfig: kubeconfig(SERVER, { users }) }), []);
  });

  it("not when the kubeconfig is the ambient one, which is ignored", () => {
    assert.deepEqual(replaces({ context: "east" }, { context: "west" }), []);
  });

  it("when a setting that decides the cluster is not known yet", () => {
    assert.deepEqual(replaces({ kubeconfig: kubeconfig() }, { kubeconfig: UNKNOWN_STRING }), ["kubeconfig"]);
  });

  it("by clusterIdentifier alone, once it was set before", () => {
    const before = { kubeconfig: kubeconfig() };
    const moved = { kubeconfig: kubeconfig({ server: "https://moved:6443" }) };
    const named = (config: JsonObject, clusterIdentifier: string) => ({ ...config, clusterIdentifier });
    assert.deepEqual(replaces(named(before, "east"), named(moved, "east")), []);
    assert.deepEqual(replaces(named(before, "east"), named(before, "anew")), ["clusterIdentifier"]);
    assert.deepEqual(replaces(before, named(moved, "east")), ["kubeconfig"]);
    assert.deepEqual(replaces(named(before, "east"), moved), ["kubeconfig"]);
    assert.deepEqual(replaces(before, named(before, "east")), []);
  });
});
