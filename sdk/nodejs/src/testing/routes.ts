import { AssertionError } from "node:assert";
import { planSource } from "../cli/plan-source.js";
import { compile, hasErrors } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostics } from "../diagnostics/format.js";
import type { Model } from "../model/model.js";
import type { Plan } from "../plan/types.js";
import type { Question } from "../simulate/request.js";
import { prepare } from "../simulate/simulate.js";
import type { Simulation } from "../simulate/simulator.js";

/** The routes of a program or model, to be asked many times. */
export class Routes {
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** What becomes of a request or a connection; where it names no cluster, in every cluster in which it can arrive. */
  ask(request: Question): readonly Simulation[] {
    return prepare(this.#plan).simulateEverywhere(request);
  }
}

/**
 * Loads a Pulumi program or a model file as `meshway render` does: without a cluster, and in a process of its own.
 *
 * Rejects with an `AssertionError` that tells the findings, where there are errors among them.
 */
export async function loadRoutes(source: string, options: { readonly stack?: string } = {}): Promise<Routes> {
  const { plan, diagnostics, failure } = await planSource(source, options.stack);
  if (failure !== undefined) throw unusable(`the program ${source} failed: ${failure}`);
  if (plan === undefined) throw unusable(formatDiagnostics(errorsOf(diagnostics)));
  return new Routes(plan);
}

/** The routes of a plan, or of a model once it was checked. */
export function routesOf(from: Plan | Model): Routes {
  if ("clusters" in from) return new Routes(from);
  const { plan, diagnostics } = compile(from);
  if (hasErrors(diagnostics)) throw unusable(formatDiagnostics(errorsOf(diagnostics)));
  return new Routes(plan);
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}

function unusable(message: string): AssertionError {
  return new AssertionError({ message });
}
