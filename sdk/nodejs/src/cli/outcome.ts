import type { Diagnostic, Place } from "../diagnostics/diagnostic.js";
import type { RenderedObject } from "../kube/object.js";
import type { Plan } from "../plan/types.js";
import type { Locate } from "./places.js";

/** What comes of a program or a model file. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: readonly RenderedObject[];
  /** What the objects were rendered from; absent where nothing was. */
  readonly plan?: Plan;
  /** The names of all clusters that the fleets have. */
  readonly clusters: readonly string[];
  /** What is not wrong, but good to know, such as configuration that was left out. */
  readonly notes: readonly string[];
  /** Adds to a finding where in a model file it lies; absent where there is no such file. */
  readonly locate?: Locate;
  /** Why the program failed by itself; nothing else is known then. */
  readonly failure?: string;
}

/** The outcome of what can't be read. */
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
