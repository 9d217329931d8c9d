import type { ModelArgs } from "../models.js";

/** An attempt to reach into another team's resources, and its expected findings. */
export interface Attempt {
  readonly kind: string;
  readonly what: string;
  readonly adds: ModelArgs;
  /** Codes of all errors with their subjects. */
  readonly finds: readonly string[];
}

/** Fields of a resource without a workspace. */
export const NOBODY = { workspace: undefined };

/** Fields of a destination without a workspace, visible only to callers without one. */
export const HIDDEN = { ...NOBODY, exportTo: ["misc"] };

/** A finding about the resource that reaches into another team's. */
export const at = (code: string, kind: string, path: string): string => `${code} ${kind}/intruder ${path}`;
