import type { ModelArgs } from "../models.js";

/** A way in which somebody reaches over into what another team has, and what is found. */
export interface Attempt {
  readonly kind: string;
  readonly what: string;
  readonly adds: ModelArgs;
  /** The codes of all errors and what they are about. */
  readonly finds: readonly string[];
}

/** Of a resource that leaves its workspace out. */
export const NOBODY = { workspace: undefined };

/** Of a destination of nobody, for callers of nobody. */
export const HIDDEN = { ...NOBODY, exportTo: ["misc"] };

/** A finding about the resource that reaches over. */
export const at = (code: string, kind: string, path: string): string => `${code} ${kind}/intruder ${path}`;
