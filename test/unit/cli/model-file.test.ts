import assert from "node:assert/strict";
import { readModelFile } from "../../../sdk/nodejs/src/cli/model-file.js";
import { formatDiagnostics } from "../../../sdk/nodejs/src/diagnostics/format.js";

function found(text: string): [string, string][] {
  return readModelFile(text, "model.yaml").diagnostics.map((each) => {
    const path = each.path.join(".");
    const reason = (each.facts as { reason?: string }).reason;
    return [each.code, reason ?? path];
  });
}

const FLEET = "fleets:\n  prod:\n    clusters: [{ name: east, context: east, kubeconfig: ~/.kube/config }]\n";

describe("model file", () => {
  it("returns resources by kind and name, references by name", () => {
    const { model, diagnostics } = readModelFile(
      `${FLEET}virtualGateways:
  web: { fleet: prod, namespace: gateways, workloads: { labels: { istio: ingressgateway } }, listeners: [{ port: 80 }] }
routeTables:
  shop:
    fleet: prod
    hosts: [shop.example.com]
    virtualGateways: [web]
    http: [{ name: ok, directResponse: { status: 200 } }]
`,
      "model.yaml",
    );
    assert.equal(formatDiagnostics(diagnostics), "");
    assert.deepEqual(model.RouteTable.get("shop")?.virtualGateways, ["web"]);
    assert.deepEqual(model.VirtualGateway.get("web")?.fleet, "prod");
  });

  it("omits credentials, and rejects a provider", () => {
    assert.doesNotMatch(JSON.stringify([...readModelFile(FLEET, "f").model.Fleet.values()]), /kube/);
    assert.deepEqual(found("fleets: { prod: { clusters: [{ name: east, provider: {} }] } }"), [
      ["MW0101", "clusters.0.provider"],
    ]);
    assert.deepEqual(found("fleets: { prod: { clusters: [{ name: east, context: 3 }] } }"), [
      ["MW0102", "clusters.0.context"],
    ]);
  });

  it("reads JSON, with tabs too", () => {
    const { model } = readModelFile('{\n\t"fleets": {\n\t\t"prod": {"clusters": [{"name": "east"}]}\n\t}\n}', "m.json");
    assert.deepEqual([...model.Fleet.keys()], ["prod"]);
  });

  it("accepts merge keys, anchors and empty sections", () => {
    const text = `fleets:
  a: &a { clusters: [&east { name: east, locality: { region: r } }] }
  b: { clusters: [{ <<: *east, name: west }] }
routeTables:
`;
    const { model, diagnostics } = readModelFile(text, "model.yaml");
    assert.deepEqual(diagnostics, []);
    assert.equal(model.Fleet.get("b")?.clusters[0]?.locality?.region, "r");
    assert.equal(model.Fleet.get("b")?.clusters[0]?.name, "west");
  });

  it("accepts an anchor with hundreds of aliases", () => {
    const names = Array.from({ length: 500 }, (_, index) => `  f${index}: *first`).join("\n");
    const { model, diagnostics } = readModelFile(
      `fleets:\n  first: &first { clusters: [{ name: east }] }\n${names}\n`,
      "model.yaml",
    );
    assert.deepEqual(diagnostics, []);
    assert.equal(model.Fleet.size, 501);
  });

  it("names the line of a syntax error", () => {
    assert.deepEqual(found("a: 1\na: 2\n"), [["MW0903", "line 2, column 1: map keys must be unique"]]);
    assert.deepEqual(
      found("fleets:\n  prod: [\n").map(([code]) => code),
      ["MW0903"],
    );
    assert.deepEqual(found("a: !secret b"), [["MW0903", "line 1, column 4: unresolved tag: !secret"]]);
    assert.deepEqual(found("fleets: {}\n---\nfleets: {}\n"), [
      ["MW0903", "line 2, column 1: a second document begins, expected one in a file"],
    ]);
  });

  it("suggests the nearest section", () => {
    const { diagnostics } = readModelFile("routeTable: {}\nvirtualgateways: {}\n", "model.yaml");
    assert.match(formatDiagnostics(diagnostics), /did you mean `routeTables`\?[\s\S]*did you mean `virtualGateways`\?/);
  });

  it("accepts policies by name, with their kind if the name is ambiguous", () => {
    const text = `
failoverPolicies: { near: {} }
outlierDetectionPolicies: { near: {} }
virtualDestinations:
  reviews:
    fleet: prod
    hosts: [reviews.global]
    services: [{ namespace: shop, labels: { app: reviews } }]
    ports: [{ number: 80, protocol: HTTP }]
    policies: [near, FailoverPolicy/near, OutlierDetectionPolicy/a/b]
`;
    const { model, diagnostics } = readModelFile(text, "model.yaml");
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(model.VirtualDestination.get("reviews")?.policies, [
      { name: "near" },
      { kind: "FailoverPolicy", name: "near" },
      { kind: "OutlierDetectionPolicy", name: "a/b" },
    ]);
    assert.deepEqual([model.FailoverPolicy.size, model.OutlierDetectionPolicy.size], [1, 1]);
  });

  it("rejects wrong shapes", () => {
    for (const empty of ["", " \n", "# nothing yet\n"]) assert.deepEqual(found(empty), [["MW0903", "it is empty"]]);
    assert.deepEqual(found("null"), [["MW0102", ""]]);
    assert.deepEqual(found("just text"), [["MW0102", ""]]);
    assert.deepEqual(found("[]"), [["MW0102", ""]]);
    assert.deepEqual(found("routeTables: []"), [["MW0102", "routeTables"]]);
    assert.deepEqual(found("fleets: { prod: 3 }"), [["MW0102", ""]]);
    assert.deepEqual(found("__proto__: {}"), [["MW0101", "__proto__"]]);
  });

  it("survives alias bombs, cycles and deep nesting", () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(",")}]\n`;
    const bomb =
      level("a", "x") + level("b", "*a") + level("c", "*b") + level("d", "*c") + level("e", "*d") + level("f", "*e");
    assert.deepEqual(found(bomb), [["MW0903", "line 6, column 8: aliases repeat more than 100000 values"]]);
    assert.deepEqual(found("fleets: &a\n  prod: *a\n"), [
      ["MW0903", "line 2, column 9: an alias stands inside its own anchor"],
    ]);
    assert.deepEqual(
      found("[".repeat(100_000)).map(([code]) => code),
      ["MW0903"],
    );
  });

  it("never mistakes text for a placeholder", () => {
    assert.deepEqual(found(FLEET.replace("name: east", 'name: east, network: "\\uE0F00\\uE0F0"')), [
      ["MW0110", "clusters.0.network"],
    ]);
  });
});
