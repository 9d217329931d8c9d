import type { Attempt, Pair } from "./guard-attempts.js";
import type { Tried, User } from "./guarded-cluster.js";

/** Somebody creates an object. */
export function creates(by: User, object: Tried): Attempt {
  return { by, does: "create", object };
}

/** Somebody changes an object that is there. */
export function updates(
  by: User,
  before: Tried,
  change: Partial<Pick<Tried, "spec">> & { readonly metadata?: object },
): Attempt {
  const metadata = { ...before.metadata, ...change.metadata };
  return { by, does: "update", before, object: { ...before, ...change, metadata } };
}

/** Somebody deletes an object that is there. */
export function deletes(by: User, object: Tried): Attempt {
  return { by, does: "delete", before: object, object };
}

/** A pair of attempts to create. */
export function pair(
  about: string,
  by: User,
  objects: { readonly refused: Tried; readonly allowed: Tried },
  says: RegExp,
): Pair {
  return { about, refused: creates(by, objects.refused), says, allowed: creates(by, objects.allowed) };
}
