import type { Tried, User } from "./guarded-cluster.js";

/** What somebody tries to do. */
export interface Attempt {
  readonly by: User;
  readonly does: "create" | "update" | "delete" | "deleteSet";
  readonly object: Tried;
  /** The object as the administrator has made it before. */
  readonly before?: Tried;
}

/** An attempt that is refused, and its near twin that is not. */
export interface Pair {
  readonly about: string;
  readonly refused: Attempt;
  /** What the refusal says. */
  readonly says: RegExp;
  readonly allowed: Attempt;
}

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
