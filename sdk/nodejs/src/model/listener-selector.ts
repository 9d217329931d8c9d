import { z } from "zod";
import { fields, someOf } from "./schema.js";

/** The listener with this port. */
export interface ListenerSelector {
  /** As clients use it. */
  readonly port: number;
}

/** What all policies of listeners have in common. */
export interface NarrowedToListeners {
  /** Listeners that the policy is for, any of the entries; absent where it is for all. */
  readonly applyToListeners?: readonly ListenerSelector[];
}

/** The `applyToListeners` of whatever policies have it. Ports are plain, because they decide what is rendered. */
export const applyToListeners: z.ZodType<readonly ListenerSelector[] | undefined> = someOf(
  fields({ port: z.int().min(1).max(65535) }),
).optional();

/** Whether a policy is for the listener with this port. */
export function selectsPort({ applyToListeners }: NarrowedToListeners, port: unknown): boolean {
  return applyToListeners === undefined || applyToListeners.some((selector) => selector.port === port);
}
