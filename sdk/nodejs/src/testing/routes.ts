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

/** The routes of a program or model, for any number of requests. */
export class Routes {
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Simulates a request or a connection, in every cluster that it can arrive in if it names none. */
  ask(request: Question): readonly Simulation[] {
    return prepare(this.#plan).simulateEverywhere(request);
  }
}

/**
 * Loads a Pulumi program or a model file as `meshway render` does: without a cluster, and in its own process.
 *
 * Rejects with an `AssertionError` that lists the findings if there are errors among them.
 */
export async function loadRoutes(source: string, options: { readonly stack?: string } = {}): Promise<Routes> {
  const { plan, diagnostics, failure } = await planSource(source, options.stack);
  if (failure !== undefined) throw unusable(`the program ${source} failed: ${failure}`);
  if (plan === undefined) throw unusable(formatDiagnostics(errorsOf(diagnostics)));
  return new Routes(plan);
}

/** Returns the routes of a plan, or of a model after checking it. */
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
