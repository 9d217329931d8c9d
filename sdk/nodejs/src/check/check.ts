import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import type { Model } from "../model/model.js";
import { regexCompiler } from "./regex.js";
import type { Claims } from "./rule.js";
import { rules } from "./rules.js";

export type { Claims } from "./rule.js";

/** Options for checking a model. */
export interface CheckOptions {
  /** The only resource to report on; the rest of the model is context. Default: every resource. */
  readonly focus?: Subject;
  /** The claims of earlier resources of the program; the model's own claims are added. Default: none. */
  readonly claims?: Claims;
}

/** Checks that the resources of a model fit together. Returns all findings at once, sorted. */
export function checkModel(model: Model, options: CheckOptions = {}): Diagnostic[] {
  const findings = new Findings();
  const { focus, claims = new Map() } = options;
  const context = { model, findings, claims, compileRegex: regexCompiler(), ...(focus && { focus }) };
  for (const rule of rules) rule.check(context);
  return findings.sorted();
}
