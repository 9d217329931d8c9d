import { compilePlan } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Plan } from "../plan/types.js";
import { compileSource } from "./source.js";

/** The plan of a program or model file; absent if a finding is an error. */
export interface Planned {
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly string[];
  /** Why the program itself failed. */
  readonly failure?: string;
}

/** Reads, checks and plans a source. */
export async function planSource(source: string, stack: string | undefined): Promise<Planned> {
  const { plan, diagnostics, notes, failure } = await compileSource(source, stack, compilePlan);
  const isUsable =
    plan !== undefined && failure === undefined && !diagnostics.some(({ severity }) => severity === "error");
  return { ...(isUsable && { plan }), diagnostics, notes, ...(failure !== undefined && { failure }) };
}
