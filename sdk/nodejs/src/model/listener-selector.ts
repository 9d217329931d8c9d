import { z } from "zod";
import { fields, someOf } from "./schema.js";

/** Selects the listener with this port. */
export interface ListenerSelector {
  /** The port that clients use. */
  readonly port: number;
}

/** Fields common to all listener policies. */
export interface NarrowedToListeners {
  /** The listeners to apply to, matching any of the entries; absent for all listeners. */
  readonly applyToListeners?: readonly ListenerSelector[];
}

/** The `applyToListeners` field of listener policies. Ports must be plain, because they decide what is rendered. */
export const applyToListeners: z.ZodType<readonly ListenerSelector[] | undefined> = someOf(
  fields({ port: z.int().min(1).max(65535) }),
).optional();

/** True if a policy applies to the listener with this port. */
export function selectsPort({ applyToListeners }: NarrowedToListeners, port: unknown): boolean {
  return applyToListeners === undefined || applyToListeners.some((selector) => selector.port === port);
}
