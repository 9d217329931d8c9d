/** `meshway guard` on programs and model files, in its own process, as users run it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Workplace } from "./support/cli.js";

const MODEL = resolve("test/golden/cases/guards/in.yaml");

const PROGRAM = `
import * as meshway from "meshway";
const fleet = new meshway.Fleet("prod", {
  clusters: [{ name: "east" }],
  guard: { operators: [{ kind: "Group", name: "operators" }] },
});
const shop = new meshway.Workspace("shop", {
  fleet, workloadClusters: [{ namespaces: [{ name: "shop" }] }],
  guard: { subjects: [{ kind: "User", name: Promise.resolve("alice") }] },
});
new meshway.VirtualGateway("web", {
  fleet, namespace: "gateways", workloads: { labels: { istio: "ingressgateway" } }, guard: { workspaces: [shop] },
  listeners: [{ port: 80, allowedRouteTables: [{ host: "shop.example.com", workspaces: [shop] }] }],
});
`;

describe("meshway guard", () => {
  const at = new Workplace();
  const files = (cluster = "east") => readdirSync(join(at.folder, "out", cluster)).sort();

  it("writes the policies of a model file, and nothing else", () => {
    const { code, out, err } = at.run("guard", MODEL, "--out", "out", "--cluster", "east");
    assert.equal(code, 0, err);
    // one of the gateway's ports redirects to https where it has no TLS
    assert.match(err, /^warning\[MW0327\]: (?:(?!\n\n).)+\n\n$/s);
    assert.match(out, /^rendered \d+ objects for 1 cluster to out, removed 0 files\n$/);
    assert.deepEqual(
      files().filter((name) => !name.startsWith("validating-admission-policy-")),
      [],
    );
    assert.ok(files().includes("validating-admission-policy-shop--workspace-guard--objects.yaml"));
    assert.ok(files().includes("validating-admission-policy-binding-web--gateway-guard--rest.yaml"));
  });

  it("writes the policies of a program, with values that the program determines", () => {
    at.write("index.ts", PROGRAM);
    const { code, err } = at.run("guard", "index.ts", "--out", "out");
    assert.deepEqual([code, err], [0, ""]);
    const policy = join(at.folder, "out/east/validating-admission-policy-shop--workspace-guard--objects.yaml");
    assert.match(readFileSync(policy, "utf8"), /request\.userInfo\.username in \["alice"\]/);
  });

  it("keeps the output of render, which writes the same guards", () => {
    at.run("render", MODEL, "--out", "out");
    const all = files();
    assert.ok(all.includes("gateway-gateways-web.yaml"));
    assert.equal(at.run("guard", MODEL, "--out", "out").code, 0);
    assert.deepEqual(files(), all);
  });

  it("removes guards that no longer exist", () => {
    at.write("model.yaml", readFileSync(MODEL, "utf8"));
    at.run("guard", "model.yaml", "--out", "out");
    const before = files().length;
    const model = readFileSync(MODEL, "utf8");
    const without = model.replace(/guard: \{ workspaces: \[[^\]]*\] \}/, "guard: {}");
    assert.notEqual(without, model);
    at.write("model.yaml", without);
    assert.equal(at.run("guard", "model.yaml", "--out", "out").code, 0);
    assert.equal(files().length, before - 2);
  });

  it("reports a model without guards", () => {
    at.write("model.yaml", "fleets: { prod: { clusters: [{ name: east }] } }\n");
    const { code, err } = at.run("guard", "model.yaml", "--out", "out");
    assert.equal(code, 1);
    assert.match(err, /no workspace and no virtual gateway of model\.yaml has a `guard`/);
  });

  it("is listed in the help", () => {
    assert.match(at.run("--help").out, /guard \[options\] <source>/);
    assert.match(
      at.run("guard", "--help").out,
      /admission policies by which\s+API\s+servers\s+enforce\s+what\s+previews\s+check/,
    );
  });
});
