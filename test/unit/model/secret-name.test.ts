/**
 * Texts that reach Envoy as Secret names, certificate paths and names, and texts with a lone surrogate
 * anywhere.
 */
import assert from "node:assert/strict";
import { formatPath } from "../../../sdk/nodejs/src/diagnostics/format.js";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { parseResource } from "../../../sdk/nodejs/src/model/parse-resource.js";
import { mayUseSecret } from "../../../sdk/nodejs/src/model/secret-name.js";

function found(kind: Kind, args: object, name = "one"): readonly string[] {
  const findings = new Findings();
  parseResource(kind, name, args, findings);
  return findings.sorted().map(({ code, path }) => `${code} ${formatPath(path)}`);
}

const external = (tls: object, more: object = {}) => ({
  fleet: "prod",
  namespace: "shop",
  hosts: ["api.example.net"],
  ports: [{ number: 80, protocol: "HTTP", clientsideTls: tls }],
  ...more,
});
const listener = (secretName: string) => ({
  fleet: "prod",
  namespace: "shop",
  workloads: { labels: { app: "web" } },
  listeners: [{ port: 443, tls: { mode: "SIMPLE", secretName } }],
});

const NAMES = {
  right: ["web-cert", "a", "shop.example.com", "web-cert-cacert", "a".repeat(253)],
  wrong: [
    "Web",
    "a_b",
    "kubernetes://other/web",
    "configmap://web",
    "configmap://other/web",
    "other/web",
    "a b",
    "a\n",
    "-a",
    "a..b",
    "ä",
    "a".repeat(254),
    "\u0000",
  ],
};
const PATHS = {
  right: [
    "/a",
    "./var/run/secrets/istio/root-cert.pem",
    "/etc/certs/client.pem",
    "/var/run/secrets/x/..data/tls.crt",
    "/etc/zertifikate/größe.pem",
  ],
  wrong: [
    "a",
    "../a",
    "./../a",
    "././a",
    "/",
    "/a/",
    "//a",
    "/a/../b",
    "/a/./b",
    "/..",
    "/a~b",
    "/a*",
    "/a b",
    "/a\u0000",
    "/a\u200b",
    "file:///a",
  ],
};
const ALT_NAMES = {
  right: ["api.example.com", "spiffe://cluster.local/ns/a/sa/b", "192.0.2.1", "a@example.com"],
  wrong: ["a b", "a\n", "\u0000", "ä.example.com"],
};

describe("names and paths of certificates", () => {
  for (const name of NAMES.right)
    it(`accepts the Secret ${name.slice(0, 40)}`, () => {
      assert.deepEqual(found("VirtualGateway", listener(name)), []);
      assert.deepEqual(found("ExternalService", external({ credentialName: name })), []);
      assert.deepEqual(found("ClientTLSPolicy", { mutual: { credentialName: name } }), []);
    });

  for (const name of NAMES.wrong)
    it(`rejects the Secret ${JSON.stringify(name).slice(0, 40)}`, () => {
      assert.deepEqual(found("VirtualGateway", listener(name)), ["MW0110 listeners[0].tls.secretName"]);
      const place = "MW0110 ports[0].clientsideTls.credentialName";
      assert.deepEqual(found("ExternalService", external({ credentialName: name })), [place]);
      assert.deepEqual(found("ClientTLSPolicy", { simple: { credentialName: name } }), [
        "MW0110 simple.credentialName",
      ]);
    });

  for (const [paths, finds] of [
    [PATHS.right, false],
    [PATHS.wrong, true],
  ] as const)
    for (const path of paths)
      it(`${finds ? "rejects" : "accepts"} the path ${JSON.stringify(path)}`, () => {
        const all = ["clientCertificate", "privateKey", "caCertificates"];
        const tls = Object.fromEntries(all.map((field) => [field, path]));
        const places = (prefix: string) => (finds ? all.map((field) => `MW0110 ${prefix}.${field}`).sort() : []);
        assert.deepEqual(found("ClientTLSPolicy", { mutual: tls }), places("mutual"));
        const mutual = external({ mode: "MUTUAL", ...tls });
        assert.deepEqual(found("ExternalService", mutual), places("ports[0].clientsideTls"));
      });

  for (const [names, finds] of [
    [ALT_NAMES.right, false],
    [ALT_NAMES.wrong, true],
  ] as const)
    for (const name of names)
      it(`${finds ? "rejects" : "accepts"} the certificate name ${JSON.stringify(name)}`, () => {
        const inPolicy = found("ClientTLSPolicy", { simple: { subjectAltNames: [name] } });
        assert.deepEqual(inPolicy, finds ? ["MW0110 simple.subjectAltNames[0]"] : []);
        const inService = found("ExternalService", external({}, { subjectAltNames: [name] }));
        assert.deepEqual(inService, finds ? ["MW0110 subjectAltNames[0]"] : []);
      });

  it("accepts valid consent patterns and rejects others", () => {
    const workspace = (pattern: string) => ({
      fleet: "prod",
      workloadClusters: [{ namespaces: [{ name: "shop" }] }],
      mayUseSecrets: [pattern],
    });
    for (const pattern of ["*", "/*", "web-cert", "shop-*", "shop.*", "/etc/certs/*", "/etc/certs/client*", "/a"])
      assert.deepEqual(found("Workspace", workspace(pattern)), [], pattern);
    for (const pattern of ["", "*-cert", "a*b", "**", "/etc/../*", "/", "Shop-*", "/*/"])
      assert.deepEqual(found("Workspace", workspace(pattern)), ["MW0110 mayUseSecrets[0]"], pattern);
  });

  it("compares the whole text, or its beginning", () => {
    assert.ok(mayUseSecret(["shop-*"], "shop-client"));
    assert.ok(mayUseSecret(["*"], "/etc/a"));
    assert.ok(!mayUseSecret(["shop-*", "web", "/etc/shop/*"], "web-client"));
    assert.ok(!mayUseSecret(["/etc/shop/*"], "/etc/shopping/key.pem"));
    assert.ok(!mayUseSecret([], "web"));
    assert.ok(mayUseSecret(["/etc/shop/*"], "./etc/shop/key.pem"));
    assert.ok(mayUseSecret(["./etc/shop/*"], "/etc/shop/key.pem"));
  });
});

describe("lone surrogates", () => {
  it("are rejected in every text, field name and resource name", () => {
    assert.deepEqual(found("HeaderManipulationPolicy", { appendRequestHeaders: { "x-a": "b\ud83d" } }), [
      'MW0112 appendRequestHeaders["x-a"]',
    ]);
    assert.deepEqual(
      found("ExternalService", external({}, { subjectAltNames: ["\udc00"] })).filter((each) => /MW0112/.test(each)),
      ["MW0112 subjectAltNames[0]"],
    );
    assert.ok(found("AccessPolicy", { "a\ud800": 1 }).some((each) => each.startsWith("MW0112 ")));
    assert.ok(found("ClientTLSPolicy", { disable: {} }, "tls\ud800").includes("MW0112 "));
  });

  it("are accepted as pairs", () => {
    assert.deepEqual(found("HeaderManipulationPolicy", { appendRequestHeaders: { "x-a": "b\u{1f600}" } }), []);
    assert.deepEqual(found("ClientTLSPolicy", { disable: {} }, "tls\u{1f600}"), []);
  });
});
