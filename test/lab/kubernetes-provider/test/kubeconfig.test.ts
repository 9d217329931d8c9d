import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { activeCluster, readClusterAccess } from "../src/kubeconfig";

const CONFIG = {
  "current-context": "east",
  clusters: [
    { name: "east", cluster: { server: "https://east:6443/", "certificate-authority-data": "Q0E=" } },
    { name: "west", cluster: { server: "https://west:6443", "insecure-skip-tls-verify": true } },
  ],
  users: [{ name: "admin", user: { token: "sesame" } }],
  contexts: [
    { name: "east", context: { cluster: "east", user: "admin" } },
    { name: "west", context: { cluster: "west", user: "admin", namespace: "shop" } },
  ],
};
const TEXT = stringify(CONFIG);
const choice = (kubeconfig: string, context = "", cluster = "") => ({ kubeconfig, context, cluster });

describe("kubeconfig", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kubeconfig-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is read from YAML text, JSON text and a path", () => {
    const file = path.join(folder, "config");
    writeFileSync(file, TEXT);
    for (const kubeconfig of [TEXT, JSON.stringify(CONFIG), file]) {
      const access = readClusterAccess(choice(kubeconfig));
      assert.equal(access.server, "https://east:6443");
      assert.equal(String(access.tls.ca), "CA");
      assert.equal(access.authorization(), "Bearer sesame");
    }
  });

  it("provides the requested context, with its namespace", () => {
    const access = readClusterAccess(choice(TEXT, "west"));
    assert.deepEqual(
      [access.server, access.namespace, access.tls.rejectUnauthorized],
      ["https://west:6443", "shop", false],
    );
    assert.equal(readClusterAccess(choice(TEXT, "west", "east")).server, "https://east:6443");
  });

  it("merges the files of $KUBECONFIG", () => {
    const before = process.env.KUBECONFIG;
    const files = [path.join(folder, "one"), path.join(folder, "two")];
    writeFileSync(files[0] ?? "", stringify({ ...CONFIG, contexts: [] }));
    writeFileSync(files[1] ?? "", stringify({ contexts: CONFIG.contexts }));
    process.env.KUBECONFIG = files.join(path.delimiter);
    try {
      assert.equal(readClusterAccess(choice("", "west")).server, "https://west:6443");
    } finally {
      if (before === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = before;
    }
  });

  it("names the missing path or context", () => {
    assert.throws(() => readClusterAccess(choice("/no/such/file")), /kubeconfig file "\/no\/such\/file" doesn't exist/);
    assert.throws(() => readClusterAccess(choice(TEXT, "north")), /has no context "north" \(it has: "east", "west"\)/);
  });

  it("never quotes unreadable text: it contains credentials", () => {
    const broken = "users:\n - token: sesame\n  bad: [";
    assert.throws(
      () => readClusterAccess(choice(broken)),
      (error: Error) => !error.message.includes("sesame"),
    );
  });

  it("detects another active cluster", () => {
    assert.deepEqual(activeCluster(choice(TEXT)), CONFIG.clusters[0]?.cluster);
    assert.equal(activeCluster(choice("/no/such/file")), undefined);
  });
});
