import type { Tried, User } from "./guarded-cluster.js";

/** An attempt to write an object. */
export interface Attempt {
  readonly by: User;
  readonly does: "create" | "update" | "delete" | "deleteSet";
  readonly object: Tried;
  /** The object as the administrator created it beforehand. */
  readonly before?: Tried;
}

/** A refused attempt and its near twin that is allowed. */
export interface Pair {
  readonly about: string;
  readonly refused: Attempt;
  /** Expected text of the refusal. */
  readonly says: RegExp;
  readonly allowed: Attempt;
}

/** An attempt to create an object. */
export function creates(by: User, object: Tried): Attempt {
  return { by, does: "create", object };
}

/** An attempt to change an existing object. */
export function updates(
  by: User,
  before: Tried,
  change: Partial<Pick<Tried, "spec">> & { readonly metadata?: object },
): Attempt {
  const metadata = { ...before.metadata, ...change.metadata };
  return { by, does: "update", before, object: { ...before, ...change, metadata } };
}

/** An attempt to delete an existing object. */
export function deletes(by: User, object: Tried): Attempt {
  return { by, does: "delete", before: object, object };
}

/** A pair of attempts to create objects. */
export function pair(
  about: string,
  by: User,
  objects: { readonly refused: Tried; readonly allowed: Tried },
  says: RegExp,
): Pair {
  return { about, refused: creates(by, objects.refused), says, allowed: creates(by, objects.allowed) };
}
