import type { Diagnostic, Place } from "../diagnostics/diagnostic.js";
import type { RenderedObject } from "../kube/object.js";
import type { Plan } from "../plan/types.js";
import type { Locate } from "./places.js";

/** The result of a program or a model file. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: readonly RenderedObject[];
  /** The plan behind the objects; absent if nothing was rendered. */
  readonly plan?: Plan;
  /** The names of all clusters of the fleets. */
  readonly clusters: readonly string[];
  /** Information that is not a mistake, such as ignored configuration. */
  readonly notes: readonly string[];
  /** Adds the finding's place in the model file; absent if there is no such file. */
  readonly locate?: Locate;
  /** Why the program itself failed; if set, nothing else is known. */
  readonly failure?: string;
}

/** Returns the outcome of an unreadable source. */
export function unreadable(file: string, reason: string, place?: Place): Outcome {
  const diagnostic: Diagnostic = {
    code: "MW0903",
    severity: "error",
    subject: { kind: "Model", name: file },
    path: [],
    facts: { file, reason },
    ...(place && { place }),
  };
  return { diagnostics: [diagnostic], objects: [], clusters: [], notes: [] };
}
