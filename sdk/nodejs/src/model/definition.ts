import type { z } from "zod";
import type { Path } from "../diagnostics/diagnostic.js";
import type { Action } from "./route.js";

/** A value of a resource's arguments, and where it stands in them. */
export interface Placed<T> {
  readonly value: T;
  readonly path: Path;
}

/** What a kind of resource is, in one place; `registry.ts` has all of them. */
export interface KindDefinition<T, Parsed = T> {
  /** The key of a model file under which resources of this kind stand. */
  readonly section: string;
  readonly schema: z.ZodType<Parsed>;
  /** The regular expressions of RE2 that a resource has. Absent where the kind has none. */
  patterns?(value: T): readonly Placed<string>[];
}

/** What a kind of policy about requests is. */
export interface RoutePolicyDefinition<T, Parsed = T> extends KindDefinition<T, Parsed> {
  /** The actions on whose requests such a policy can act. */
  readonly actsOn: readonly Action["kind"][];
  /**
   * Where in the arguments the destination stands that a policy asks; absent where the kind makes no requests of its
   * own.
   */
  readonly destinations?: (asked: string) => Path;
}

/** For policies that act before the route decides what becomes of a request. */
export const ALL_ACTIONS = ["forward", "redirect", "directResponse"] as const satisfies readonly Action["kind"][];
