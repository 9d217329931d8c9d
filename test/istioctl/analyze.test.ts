/**
 * Runs `istioctl analyze` on the objects that the examples render, beside the pods, Services and secrets that they
 * expect, and demands no messages.
 *
 * They are in real API servers, because istioctl silently skips most of its analyzers when it reads only files.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compileSource } from "../../sdk/nodejs/src/cli/source.js";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import { toYaml } from "../../sdk/nodejs/src/kube/yaml.js";
import { BUILD_TIMEOUT, type Lab } from "../e2e/support/lab.js";
import { objectsIn } from "../support/golden-case.js";
import { applyContents, type Contents, type Workload } from "./support/cluster-contents.js";
import { findIstioctl, type Said } from "./support/istioctl.js";

const gateway = (namespace: string, istio: string, ports: Readonly<Record<string, number>>): Workload => ({
  namespace,
  name: istio,
  pods: [{ istio }],
  ports,
});
const INGRESS = gateway("gateways", "ingressgateway", { http: 80, https: 443, "http-8000": 8000 });
const EAST_WEST = gateway("istio-system", "eastwestgateway", { tls: 15443, "tls-termination": 16443 });
const app = (name: string, ports: Readonly<Record<string, number>>, versions = ["v1", "v2"]): Workload => ({
  namespace: "shop",
  name,
  pods: versions.map((version) => ({ app: name, version })),
  ports,
});
const REVIEWS = app("reviews", { http: 9080 });
const CATALOG_PORTS = { http: 8080, grpc: 9090, tcp: 7070 };
const FRONTEND = app("frontend", { http: 8080 }, ["v1"]);

/** Returns the contents of a cluster with both gateways and these workloads. */
function holding(...workloads: readonly Workload[]): Contents {
  return { workloads: [INGRESS, EAST_WEST, ...workloads], secrets: ["gateways/web-cert", "gateways/partner-ca"] };
}

/** Contents of each example's clusters besides the objects that Meshway renders. */
const EXAMPLES: Readonly<Record<string, Readonly<Record<string, Contents>>>> = {
  failover: { east: holding(REVIEWS), west: holding(REVIEWS) },
  "flat-network": {
    east: holding(REVIEWS, FRONTEND, app("ratings", { http: 9080 })),
    west: holding(REVIEWS, FRONTEND, app("ratings", { http: 9080 })),
  },
  "gateways-only": { east: holding(REVIEWS, FRONTEND), west: holding(REVIEWS, FRONTEND) },
  policies: { east: holding(REVIEWS), west: holding(REVIEWS) },
  routing: {
    east: holding(app("catalog", CATALOG_PORTS, ["v1"]), gateway("gateways", "internalgateway", { http: 8080 })),
    west: holding(app("catalog", CATALOG_PORTS, ["v2"]), app("legacy", { http: 8080 })),
  },
  "team-library": { east: holding(REVIEWS, FRONTEND), west: holding(REVIEWS, FRONTEND) },
  "two-clusters": { east: holding(REVIEWS, FRONTEND), west: holding(REVIEWS) },
};

interface Message {
  readonly code: string;
  readonly origin?: string;
  readonly message: string;
}

describe("istioctl analyze", function () {
  // the first run on a machine builds the lab
  this.timeout(BUILD_TIMEOUT);
  let istioctl: (...args: readonly string[]) => Said;
  let lab: Lab;
  let folder: string;

  before(async () => {
    istioctl = await findIstioctl();
    const { startLab } = await import("../lab/start-lab.js");
    lab = await startLab();
    folder = mkdtempSync(join(tmpdir(), "meshway-analyze-"));
  });

  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await lab?.stop();
  });

  /** Returns istioctl's messages about these objects in a cluster; every analyzer must have run. */
  function analyze(cluster: string, objects: readonly KubeObject[]): readonly Message[] {
    const file = join(mkdtempSync(join(folder, "objects-")), "objects.yaml");
    writeFileSync(file, toYaml(objects));
    const place = ["--kubeconfig", lab.kubeconfig, "--context", cluster, "--all-namespaces"];
    const said = istioctl("analyze", ...place, "--verbose", "--output=json", file);
    assert.equal(said.code, 0, said.text);
    assert.doesNotMatch(said.text, /Skipped analyzers/);
    assert.match(said.text, /virtualservice\.DestinationHostAnalyzer/);
    return JSON.parse(said.out.slice(said.out.search(/^\[/m), said.out.search(/^\]|\[\]/m) + 2)) as Message[];
  }

  // folders with two stacks hold programs that read each other's outputs: test/e2e/two-stacks.test.ts runs them
  for (const example of readdirSync(resolve("examples")).filter((name) => name !== "operators-and-apps"))
    it(`finds no problems in examples/${example}`, async () => {
      const contents = EXAMPLES[example];
      assert.ok(contents, `say in EXAMPLES what the clusters of ${example} hold`);
      const { objects, clusters, diagnostics } = await compileSource(resolve("examples", example), undefined);
      assert.deepEqual(diagnostics, []);
      assert.deepEqual(Object.keys(contents).sort(), [...clusters].sort());
      for (const [cluster, each] of Object.entries(contents)) {
        await applyContents(lab.client(cluster), each);
        assert.deepEqual(analyze(cluster, objectsIn(cluster, objects)), [], cluster);
      }
    });

  it("reports missing objects", async () => {
    const { objects } = await compileSource(resolve("examples/two-clusters"), undefined);
    for (const [there, missing] of [
      ["ingressgateway", "nowhere"],
      ["web-cert", "no-cert"],
    ] as const) {
      const wrong = JSON.stringify(objectsIn("east", objects)).replaceAll(there, missing);
      const found = analyze("east", JSON.parse(wrong) as KubeObject[]);
      const codes = found.map(({ code, message }) => `${code} ${message}`).join("\n");
      assert.match(codes, new RegExp(`IST0101.*${missing}`));
    }
  });
});
