import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { RenderedObject } from "../kube/object.js";
import type { Plan } from "../plan/types.js";

/** The result of rendering a plan: the objects of every cluster, and diagnostics for what the target can't express. */
export interface Rendered {
  readonly objects: readonly RenderedObject[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Maps a plan to the objects of one target. Pure: the same plan yields the same objects in the same order. */
export type Renderer = (plan: Plan) => Rendered;
