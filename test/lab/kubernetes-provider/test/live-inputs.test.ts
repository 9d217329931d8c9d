import assert from "node:assert/strict";
import { liveInputs } from "../src/live-inputs";
import { takeOver } from "../src/managed-fields";

describe("live inputs", () => {
  const inputs = { spec: { hosts: ["a"], http: [{ timeout: "5s", headers: {} }] }, metadata: { labels: { a: "1" } } };

  it("show changed values, omit foreign and removed fields, keep foreign list members", () => {
    const live = {
      spec: { hosts: ["b", "c"], http: [{ retries: { attempts: 1 } }], gateways: ["x"] },
      metadata: { labels: { a: "2", foreign: "y" } },
    };
    const expected = { spec: { hosts: ["b", "c"], http: [{ headers: {} }] }, metadata: { labels: { a: "2" } } };
    assert.deepEqual(liveInputs(live, inputs), expected);
  });

  it("show a Secret's stringData as it is stored", () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: {} };
    const live = { ...secret, data: { pw: "bmV3", other: "eA==" } };
    assert.deepEqual(liveInputs(live, { ...secret, stringData: { pw: "old" } }).stringData, { pw: "new" });
  });
});

describe("taking fields over", () => {
  const entry = (manager: string, operation: string, fieldsV1: Record<string, object>) => ({
    manager,
    operation,
    fieldsV1,
  });

  it("merges the fields of Create and kubectl into the applied ones, and leaves others alone", () => {
    const other = entry("istiod", "Update", { "f:status": {} });
    const managedFields = [
      entry("pulumi-kubernetes", "Update", { "f:spec": { "f:hosts": {} } }),
      entry("kubectl-edit", "Update", { "f:spec": { "f:http": {} } }),
      other,
    ];
    const merged = entry("me", "Apply", { "f:spec": { "f:hosts": {}, "f:http": {} } });
    assert.deepEqual(takeOver({ metadata: { managedFields } } as never, "me"), [other, merged]);
  });

  it("does nothing if everything is applied already", () => {
    const managedFields = [entry("me", "Apply", { "f:spec": {} })];
    assert.equal(takeOver({ metadata: { managedFields } } as never, "me"), undefined);
  });
});
