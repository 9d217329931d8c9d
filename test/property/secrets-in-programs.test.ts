/** Plants secrets in the leaves of programs: neither output nor registered objects contain any part of one. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { RoutingError } from "../../sdk/nodejs/src/index.js";
import { registered, settled, startMocks } from "../resources/mocks.js";
import { checkedArgs } from "../support/arbitraries/model.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { configureRuns, shareOfRuns } from "../support/arbitraries/runs.js";
import { chooser } from "../support/secrets/chooser.js";
import { Plants } from "../support/secrets/plants.js";
import { type Declared, declareAll, insideOf, type Whole, withoutSecretValues } from "../support/secrets/program.js";
import type { Replace } from "../support/secrets/schema-leaves.js";

const figures = {
  programs: 0,
  planted: 0,
  wholes: 0,
  resources: 0,
  objects: 0,
  objectsWithSecrets: 0,
  errors: 0,
  logged: 0,
  refs: 0,
};

/** Captures the output of a run. */
async function printedBy(run: () => Promise<void>): Promise<string> {
  const printed: string[] = [];
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map(({ write }) => write);
  for (const stream of streams)
    stream.write = ((text: string | Uint8Array) => printed.push(String(text)) > 0) as typeof stream.write;
  try {
    await run();
  } finally {
    streams.forEach((stream, index) => {
      stream.write = writes[index] as typeof stream.write;
    });
  }
  return printed.join("");
}

/** Returns everything that an error shows. */
function textsOf(error: unknown): string {
  const plain = error instanceof RoutingError ? JSON.stringify([error, error.diagnostics]) : "";
  return error instanceof Error ? `${error.message}\n${error.stack}\n${String(error)}\n${plain}` : String(error);
}

class Watched {
  readonly plants: Plants;
  readonly #replace: Replace;
  readonly #whole: Whole;

  /** Of lists and maps every `wholes`-th is a secret as a whole; none where it is 0. */
  constructor(choose: (most: number) => number, sparse: number, wholes: number) {
    this.plants = new Plants(choose);
    this.#whole = (value) => {
      if (wholes === 0 || choose(wholes) !== 0) return value;
      figures.wholes += 1;
      return pulumi.secret(choose(3) === 0 ? value : this.plants.plantIn(value));
    };
    this.#replace = (value) => {
      if (choose(sparse) === 0) return pulumi.secret(this.plants.plant(value));
      return choose(2) === 0 ? value : choose(2) === 0 ? pulumi.output(value) : pulumi.secret(value);
    };
  }

  #clean(text: string): void {
    assert.equal(this.plants.find(text), undefined, "part of a secret is reported");
  }

  /** Runs a program and returns the descriptors of its resources. */
  async run(
    args: ModelArgs,
    preview: boolean,
    known?: ReadonlyMap<string, unknown>,
  ): Promise<ReadonlyMap<string, unknown>> {
    await startMocks(preview);
    const descriptors = new Map<string, unknown>();
    const printed = await printedBy(async () => {
      const declared = declareAll(args, this.#replace, known, this.#whole);
      for (const [key, each] of declared) await this.#look(key, each, descriptors);
      await settled();
    });
    figures.programs += 1;
    figures.logged += printed.length;
    this.#clean(printed);
    for (const { type, name, inputs } of registered) {
      const shown = JSON.stringify([type, name, withoutSecretValues(inputs)]);
      this.#clean(shown);
      figures.objects += type.startsWith("kubernetes:") ? 1 : 0;
      figures.objectsWithSecrets += shown.includes('"[secret]"') ? 1 : 0;
    }
    return descriptors;
  }

  async #look(key: string, { ref, error }: Declared, descriptors: Map<string, unknown>): Promise<void> {
    figures.resources += 1;
    const inside = ref === undefined ? { error, secret: false } : await insideOf(ref);
    if (inside.error !== undefined) {
      figures.errors += 1;
      this.#clean(textsOf(inside.error));
      return;
    }
    if (!inside.secret) this.#clean(JSON.stringify(inside.value) ?? "");
    if (inside.value === undefined) return;
    figures.refs += 1;
    descriptors.set(key, inside.value);
  }
}

describe("property: secrets in programs", function () {
  configureRuns(this);

  after(() => {
    if (process.env["FC_RUNS"]) console.log(`      ${JSON.stringify(figures)}`);
  });

  it("are neither printed nor shown, even from resources that another stack describes", async () => {
    const how = fc.record({
      seed: fc.nat(),
      sparse: fc.constantFrom(4, 20, 60, 200),
      wholes: fc.constantFrom(0, 30, 60, 200),
      preview: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(checkedArgs, how, async (args, { seed, sparse, wholes, preview }) => {
        const watched = new Watched(chooser(seed), sparse, wholes);
        const descriptors = await watched.run(args, preview);
        await watched.run(args, preview, descriptors);
        figures.planted += watched.plants.count;
      }),
      shareOfRuns(1 / 10),
    );
  });

  it("were planted in objects", () => {
    assert.ok(figures.objectsWithSecrets > 50, JSON.stringify(figures));
    assert.ok(figures.wholes > 5, JSON.stringify(figures));
    assert.ok(figures.errors > 20, JSON.stringify(figures));
  });
});
