/** Istio's own judgement: `istioctl validate` runs the checks of istiod's webhook, `istioctl analyze` those that look across objects. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { compileSource } from "../../sdk/nodejs/src/cli/source.js";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import type { KubeObject, RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { toYaml } from "../../sdk/nodejs/src/kube/yaml.js";
import { checkedArgs, modelFrom } from "../support/arbitraries/model.js";
import { spoiltArgs, spoiltModel } from "../support/arbitraries/spoilt.js";
import { goldenCases, objectsIn, runCase } from "../support/golden-case.js";
import { isVisible, objectsOf, specOf } from "../support/rendered.js";
import { type Contents, manifestsOf } from "./support/cluster-contents.js";
import { findIstioctl, type Said } from "./support/istioctl.js";
import { BUILD_TIMEOUT } from "./support/lab.js";

/** What each cluster of an example holds besides what Meshway renders. */
const EXAMPLES: Readonly<Record<string, Readonly<Record<string, Contents>>>> = {
  failover: { east: shop({ frontend: false }), west: shop({ frontend: false }) },
  "two-clusters": { east: shop({ frontend: true }), west: shop({ frontend: false }) },
};

function shop({ frontend }: { readonly frontend: boolean }): Contents {
  const gateway = (namespace: string, istio: string, ports: Readonly<Record<string, number>>) => ({
    namespace,
    name: istio,
    pods: [{ istio }],
    ports,
  });
  return {
    workloads: [
      gateway("gateways", "ingressgateway", { http: 80, https: 443 }),
      gateway("istio-system", "eastwestgateway", { tls: 15443 }),
      {
        namespace: "shop",
        name: "reviews",
        pods: ["v1", "v2"].map((version) => ({ app: "reviews", version })),
        ports: { http: 9080 },
      },
      ...(frontend
        ? [{ namespace: "shop", name: "frontend", pods: [{ app: "frontend" }], ports: { http: 8080 } }]
        : []),
    ],
    secrets: ["gateways/web-cert"],
  };
}

/** Goldens that istiod takes with a warning, and why they are right. */
const WARNINGS: Readonly<Record<string, RegExp>> = {
  // the address of a host is that of its first object, here the one of the local pods
  "destinations--several-ports": /ServiceEntry\/shop\/reviews--remote: addresses are required for ports serving TCP/,
  "destinations--tls-termination-on-own-port":
    /ServiceEntry\/data\/reviews--remote: addresses are required for ports serving TCP/,
  // the case is about this: Meshway warns as well
  "findings--matcher-that-never-decides": /match #1 of prefix \/shop\/cart is not used/,
};

const MODELS = process.env["CI"] ? 1000 : 200;
const SPOILT_MODELS = process.env["CI"] ? 4000 : 1500;

describe("istioctl", function () {
  // the first run on a machine builds the lab's parts
  this.timeout(BUILD_TIMEOUT);
  let istioctl: (...args: readonly string[]) => Said;
  let folder: string;

  before(async () => {
    istioctl = await findIstioctl();
    folder = mkdtempSync(join(tmpdir(), "meshway-istioctl-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Asks istiod's validation about many texts at once; what it says of those that it does not take as they are, by name. */
  function validate(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const place = mkdtempSync(join(folder, "validate-"));
    for (const [name, text] of texts) writeFileSync(join(place, `${name}.yaml`), text);
    return validateFiles(place, [...texts.keys()]);
  }

  /** An error is not said to be that of a file, so that the files are halved until it is clear. */
  function validateFiles(place: string, names: readonly string[]): ReadonlyMap<string, string> {
    const { code, text } = istioctl("validate", ...names.flatMap((name) => ["-f", join(place, `${name}.yaml`)]));
    if (code === 0) {
      const said = text.split(/^"(?=[^"\n]+" (?:is valid|has warnings: )$)/m).slice(1);
      assert.equal(said.length, names.length, text);
      const warned = said.filter((each) => each.includes('" has warnings: '));
      return new Map(warned.map((each) => [basename(each.split('"')[0] ?? "", ".yaml"), each]));
    }
    if (names.length === 1) return new Map(names.map((name) => [name, text]));
    const half = Math.ceil(names.length / 2);
    return new Map([...validateFiles(place, names.slice(0, half)), ...validateFiles(place, names.slice(half))]);
  }

  function validateModels(texts: ReadonlyMap<string, string>, sources: readonly unknown[]): void {
    const refused = [...validate(texts)].filter(([, text]) => !text.includes(" has warnings: "));
    assert.deepEqual(
      refused.map(([name, text]) => `${text.trim()}\n${JSON.stringify(sources[Number(name)])}`),
      [],
    );
  }

  it("finds every golden valid", () => {
    const texts = new Map(
      goldenCases().flatMap((name) => {
        const objects = runCase(name).objects.map(({ object }) => object);
        return objects.length === 0 ? [] : [[name, toYaml(objects)] as const];
      }),
    );
    assert.ok(texts.size > 100, `${texts.size} goldens`);
    const unexpected = [...validate(texts)].filter(
      ([name, text]) => !text.includes(" has warnings: ") || WARNINGS[name]?.test(text) !== true,
    );
    assert.deepEqual(unexpected, []);
  });

  it("refuses what is wrong, so that it would be seen", () => {
    const wrong: KubeObject = {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "wrong", namespace: "shop", labels: {} },
      spec: { hosts: ["a.example.com", "*.example.com"], http: [{ route: [{ destination: { host: "a.b" } }] }] },
    };
    const refused = validate(new Map([["wrong", toYaml([wrong])]]));
    assert.match(refused.get("wrong") ?? "", /duplicate hosts/);
  });

  it("accepts whatever our own checks accept", () => {
    const seed = process.env["FC_SEED"] === undefined ? Date.now() % 1_000_000 : Number(process.env["FC_SEED"]);
    console.log(`      seed ${seed}`);
    const sources = fc.sample(checkedArgs, { numRuns: MODELS, seed });
    const texts = new Map(
      sources.map((args, index) => [
        String(index),
        toYaml(compile(modelFrom(args)).objects.map(({ object }) => object)),
      ]),
    );
    validateModels(new Map([...texts].filter(([, text]) => text !== "")), sources);
  });

  it("accepts values at the edge of what our own checks accept", () => {
    const seed = process.env["FC_SEED"] === undefined ? Date.now() % 1_000_000 : Number(process.env["FC_SEED"]);
    console.log(`      seed ${seed}`);
    const sources = fc.sample(spoiltArgs, { numRuns: SPOILT_MODELS, seed });
    const texts = new Map<string, string>();
    sources.forEach((args, index) => {
      const model = spoiltModel(args);
      if (model === undefined) return;
      const { diagnostics, objects } = compile(model);
      if (!hasErrors(diagnostics) && objects.length > 0)
        texts.set(String(index), toYaml(objects.map(({ object }) => object)));
    });
    assert.ok(texts.size > sources.length / 20, `only ${texts.size} of ${sources.length} pass our checks`);
    validateModels(texts, sources);
  });

  for (const example of readdirSync(resolve("examples")))
    it(`finds nothing in what examples/${example} renders`, async () => {
      const contents = EXAMPLES[example];
      assert.ok(contents, `say in EXAMPLES what the clusters of ${example} hold`);
      const { objects, clusters, diagnostics } = await compileSource(resolve("examples", example), undefined);
      assert.deepEqual(diagnostics, []);
      assert.deepEqual(Object.keys(contents).sort(), [...clusters].sort());
      for (const cluster of clusters) {
        const place = join(folder, example, cluster);
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, "rendered.yaml"), toYaml(objectsIn(cluster, objects)));
        const others = [
          ...manifestsOf(contents[cluster] ?? { workloads: [], secrets: [] }),
          ...rulesBeside(cluster, objects),
        ];
        writeFileSync(join(place, "others.yaml"), others.map((each) => `---\n${stringify(each)}`).join(""));
        const { code, out } = istioctl(
          "analyze",
          "--use-kube=false",
          "--all-namespaces",
          "--output=json",
          "--failure-threshold=Info",
          place,
        );
        assert.deepEqual([cluster, code, JSON.parse(out)], [cluster, 0, []]);
      }
    });
});

/**
 * A copy of each rule for hosts that are no Services, in every namespace whose VirtualServices use its subsets.
 *
 * istiod looks for the rule of a host next to the client and then next to the host; `istioctl analyze` looks for rules of such hosts only next to the
 * VirtualService, and would call every other subset missing. A rule that istiod would not see is not copied.
 */
function rulesBeside(cluster: string, objects: readonly RenderedObject[]): object[] {
  const rules = objectsOf("DestinationRule", cluster, objects);
  return objectsOf("VirtualService", cluster, objects).flatMap(({ metadata: { namespace }, spec }) => {
    const used = JSON.stringify(spec["http"] ?? []);
    return rules
      .filter((rule) => rule.metadata.namespace !== namespace && isVisible(rule, namespace))
      .filter(
        (rule) =>
          used.includes(JSON.stringify(specOf(rule).host)) && !specOf(rule).host?.endsWith(".svc.cluster.local"),
      )
      .map((rule) => ({ ...rule, metadata: { name: `${rule.metadata.name}-beside`, namespace } }));
  });
}
