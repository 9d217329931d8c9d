import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import type { Model } from "../model/model.js";
import { regexCompiler } from "./regex.js";
import type { Claims } from "./rule.js";
import { rules } from "./rules.js";

export type { Claims } from "./rule.js";

/** How to check a model. */
export interface CheckOptions {
  /** Report only on this resource; the rest of the model is context. Default: every resource. */
  readonly focus?: Subject;
  /** What earlier resources of the program own; the model's own claims are added. Default: nothing. */
  readonly claims?: Claims;
}

/** Checks how the resources of a model fit together: all findings at once, sorted. */
export function checkModel(model: Model, options: CheckOptions = {}): Diagnostic[] {
  const findings = new Findings();
  const { focus, claims = new Map() } = options;
  const context = { model, findings, claims, compileRegex: regexCompiler(), ...(focus && { focus }) };
  for (const rule of rules) rule.check(context);
  return findings.sorted();
}
