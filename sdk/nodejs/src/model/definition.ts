import type { z } from "zod";
import type { Path } from "../diagnostics/diagnostic.js";
import type { Action } from "./route.js";

/** A value of a resource's arguments, and its path in them. */
export interface Placed<T> {
  readonly value: T;
  readonly path: Path;
}

/** The definition of a kind of resource; `registry.ts` lists all of them. */
export interface KindDefinition<T, Parsed = T> {
  /** The key of a model file that lists resources of this kind. */
  readonly section: string;
  readonly schema: z.ZodType<Parsed>;
  /** The RE2 expressions of a resource. Absent if the kind has none. */
  patterns?(value: T): readonly Placed<string>[];
}

/** The definition of a kind of route policy. */
export interface RoutePolicyDefinition<T, Parsed = T> extends KindDefinition<T, Parsed> {
  /** The route actions whose requests such a policy can affect. */
  readonly actsOn: readonly Action["kind"][];
  /** Returns the path of the destination that a policy calls; absent if the kind makes no callouts. */
  readonly destinations?: (asked: string) => Path;
}

/** For policies that act before the route's action. */
export const ALL_ACTIONS = ["forward", "redirect", "directResponse"] as const satisfies readonly Action["kind"][];
