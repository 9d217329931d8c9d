import assert from "node:assert/strict";
import { markSecrets, toCheckpoint } from "../src/checkpoint";
import { hideSecrets } from "../src/failure";
import { toApiObject } from "../src/kube-object";
import {
  hasSecret,
  hasUnknown,
  isSecret,
  markSecretsLike,
  reveal,
  toSecret,
  UNKNOWN_STRING,
} from "../src/property-values";

describe("secrets", () => {
  it("are revealed for the API server at any depth, and marked again at the same paths", () => {
    const marked = { a: { b: [1, toSecret("x")] }, c: "plain" };
    const plain = { a: { b: [1, "x"] }, c: "plain" };
    assert.deepEqual(reveal(marked), plain);
    assert.deepEqual(markSecretsLike(plain, marked), marked);
  });

  it("cover a whole list whose length changed", () => {
    const marked = markSecretsLike(["new", "x"], [toSecret("x")]);
    assert.ok(isSecret(marked));
  });

  it("cover all data of a Secret object, marked by the program or not", () => {
    const object = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { pw: "aHVudGVyMg==" } };
    const marked = markSecrets(object, object);
    assert.ok(isSecret(marked.data));
    assert.ok(!hasSecret(marked.metadata ?? null));
  });

  it("stay marked in __inputs", () => {
    const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "m" }, data: { pw: toSecret("hunter2") } };
    const live = { ...inputs, data: { pw: "hunter2" }, metadata: { name: "m", uid: "1", managedFields: [] } };
    const outputs = toCheckpoint({ live, inputs, initialApiVersion: "v1", fieldManager: "f" });
    assert.deepEqual(outputs.__inputs, inputs);
    assert.deepEqual(outputs.data, inputs.data);
    assert.deepEqual(outputs.metadata, { name: "m", uid: "1" });
  });

  it("never appear in messages, in plain text or in base64", () => {
    const inputs = { stringData: { pw: toSecret("hunter2") } };
    const message = `Invalid value: "hunter2", ${Buffer.from("hunter2").toString("base64")}`;
    assert.equal(hideSecrets(message, inputs), 'Invalid value: "[secret]", [secret]');
  });

  it("reach the API server as base64 when given as stringData", () => {
    const inputs = { apiVersion: "v1", kind: "Secret", stringData: toSecret({ pw: "é" }), data: { k: "QQ==" } };
    const object = toApiObject(inputs);
    assert.deepEqual(object, { apiVersion: "v1", kind: "Secret", data: { k: "QQ==", pw: "w6k=" } });
  });
});

describe("unknown values", () => {
  it("are found inside secrets and lists", () => {
    assert.ok(hasUnknown({ a: [toSecret(UNKNOWN_STRING)] }));
    assert.ok(!hasUnknown({ a: ["known"] }));
  });
});
