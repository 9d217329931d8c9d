/** Properties of models that checks accept. Making such models takes most of the time, so that all properties of a run look at the same ones. */
import fc from "fast-check";
import { type Compiled, compile } from "../../sdk/nodejs/src/compile.js";
import type { Model } from "../../sdk/nodejs/src/model/model.js";
import { checkedArgs, modelFrom } from "./arbitraries/model.js";
import type { ModelArgs } from "./arbitraries/model-args.js";

/** A model in which no check finds an error. Nobody changes it: others look at it too. */
export interface CheckedModel {
  readonly args: ModelArgs;
  readonly model: Model;
  readonly compiled: Compiled;
  /** Its number in the run, for whatever else is to be picked. */
  readonly index: number;
}

interface Run {
  readonly seed: number;
  readonly models: readonly CheckedModel[];
}

let run: Run | undefined;

/** Looks at as many models as properties have runs; one that fails is made smaller, and told with the seed. */
export function forCheckedModels(property: (checked: CheckedModel) => void): void {
  run ??= makeModels();
  const { seed, models } = run;
  for (const checked of models) {
    try {
      property(checked);
    } catch (error) {
      const again = fc.property(checkedArgs, (args) => property(checkedModel(args, checked.index)));
      fc.assert(again, { seed, numRuns: models.length });
      throw error;
    }
  }
}

function makeModels(): Run {
  const { numRuns = 100, seed = Math.trunc(Math.random() * 2 ** 31) } = fc.readConfigureGlobal();
  return { seed, models: fc.sample(checkedArgs, { seed, numRuns }).map(checkedModel) };
}

function checkedModel(args: ModelArgs, index: number): CheckedModel {
  const model = modelFrom(args);
  return { args, model, compiled: compile(model), index };
}
