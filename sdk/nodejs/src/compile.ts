import { type CheckOptions, checkModel } from "./check/check.js";
import { withoutFollowUps } from "./check/follow-ups.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { sortDiagnostics } from "./diagnostics/report.js";
import type { RenderedObject } from "./kube/object.js";
import type { Model } from "./model/model.js";
import { planModel } from "./plan/build.js";
import type { Plan } from "./plan/types.js";
import { renderGuards } from "./render/admission/render.js";
import { renderIstio } from "./render/istio/render.js";

/** The result for a model: all findings and, if none is an error, the plan and its objects. */
export interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly plan: Plan;
  readonly objects: readonly RenderedObject[];
}

/** Options of a compilation. */
export interface CompileOptions extends CheckOptions {
  /** Findings of the parser, reported together with the rest. Default: none. */
  readonly found?: readonly Diagnostic[];
}

/**
 * Checks, plans and renders a model; with `focus` only one of its resources. Nothing is rendered while a finding is an
 * error.
 */
export function compile(model: Model, options: CompileOptions = {}): Compiled {
  const planned = compilePlan(model, options);
  const { objects, diagnostics } = renderIstio(planned.plan);
  const all =
    diagnostics.length === 0 ? planned.diagnostics : sortDiagnostics([...planned.diagnostics, ...diagnostics]);
  const rendered = [...objects, ...renderGuards(planned.plan).objects];
  return { diagnostics: all, plan: planned.plan, objects: hasErrors(all) ? [] : rendered };
}

/** Like `compile`, without objects: for callers that only ask what happens to requests. */
export function compilePlan(model: Model, options: CompileOptions = {}): Compiled {
  const checked = checkModel(model, options);
  const parsed = options.found ?? [];
  const found = parsed.length === 0 ? checked : sortDiagnostics([...parsed, ...withoutFollowUps(checked, parsed)]);
  const plan = hasErrors(found) ? { clusters: [] } : planModel(model, options.focus);
  return { diagnostics: found, plan, objects: [] };
}

/** True if one of the findings stops the preview. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
