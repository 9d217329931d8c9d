/** Validates single objects with Istio: `istioctl validate` runs the checks of istiod's webhook. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import { compile, hasErrors } from "../../sdk/nodejs/src/compile.js";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import { toYaml } from "../../sdk/nodejs/src/kube/yaml.js";
import { BUILD_TIMEOUT } from "../e2e/support/lab.js";
import { checkedArgs, modelFrom } from "../support/arbitraries/model.js";
import { seedOfRun } from "../support/arbitraries/runs.js";
import { spoiltArgs, spoiltModel } from "../support/arbitraries/spoilt.js";
import { goldenCases, runCase } from "../support/golden-case.js";
import { findIstioctl, type Said } from "./support/istioctl.js";

/** The advice that istioctl gives about every EnvoyFilter, and no other message. */
const ONLY_ADVICE = /has warnings: \s+(?:\* EnvoyFilter\S+ EnvoyFilter exposes internal implementation details[^*]*)+$/;

/** Goldens that istiod accepts with a warning, each with the reason why they are right. */
const WARNINGS: Readonly<Record<string, RegExp>> = {
  // a host takes its address from its first object, here the one for local pods
  "destinations--several-ports": /ServiceEntry\/shop\/reviews--remote: addresses are required for ports serving TCP/,
  "destinations--tls-termination-on-own-port":
    /ServiceEntry\/data\/reviews--db-global--remote\S*: addresses are required for ports serving TCP/,
  "policies--connections-with-several-ports":
    /ServiceEntry\/shop\/reviews--remote: addresses are required for ports serving TCP/,
  // the subject of this case: Meshway warns as well
  "findings--matcher-that-never-decides": /match #1 of prefix \/shop\/cart is not used/,
  "findings--repeated-prefix": /match #0 of prefix \/shop\/cart\/carts is not used/,
  // a child of two parents, which only one of them leaves something to
  "delegation--shared-by-parents": /virtualService rule "probe\/items\/post" match #0 is not used/,
};

const MODELS = Number(process.env["FC_RUNS"] ?? (process.env["CI"] ? 150 : 100));
const SPOILT_MODELS = 4 * MODELS;

describe("istioctl validate", function () {
  // the first run on a machine builds the lab
  this.timeout(BUILD_TIMEOUT);
  let istioctl: (...args: readonly string[]) => Said;
  let folder: string;

  before(async () => {
    istioctl = await findIstioctl();
    folder = mkdtempSync(join(tmpdir(), "meshway-istioctl-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /**
   * Runs istiod's validation on many texts at once; returns its messages by name for the texts that it rejects or warns
   * about.
   */
  function validate(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const place = mkdtempSync(join(folder, "validate-"));
    for (const [name, text] of texts) writeFileSync(join(place, `${name}.yaml`), text);
    return validateFiles(place, [...texts.keys()]);
  }

  /** istioctl doesn't name the file of an error, so the batch is bisected until each error has one. */
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
      ([name, text]) =>
        !ONLY_ADVICE.test(text) && (!text.includes(" has warnings: ") || WARNINGS[name]?.test(text) !== true),
    );
    assert.deepEqual(unexpected, []);
  });

  it("rejects invalid objects, so that errors can't go unnoticed", () => {
    const wrong: KubeObject = {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "wrong", namespace: "shop", labels: {} },
      spec: { hosts: ["a.example.com", "*.example.com"], http: [{ route: [{ destination: { host: "a.b" } }] }] },
    };
    const refused = validate(new Map([["wrong", toYaml([wrong])]]));
    assert.match(refused.get("wrong") ?? "", /duplicate hosts/);
  });

  it("accepts every value that our own checks accept", () => {
    const seed = seedOfRun() ?? Date.now() % 1_000_000;
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

  it("accepts edge values that our own checks accept", () => {
    const seed = seedOfRun() ?? Date.now() % 1_000_000;
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
});
