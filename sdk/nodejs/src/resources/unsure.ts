import { type NamedObject, objectName } from "../kube/object.js";
import { type Claim, factsOf, refusal, unlessPreview, type Verdict } from "./claim.js";
import { formerUrnsOf } from "./former-urns.js";
import { NotExported } from "./stack-export.js";
import type { StackState } from "./stack-state.js";

/**
 * Rejects an object whose cluster did not respond where that decides what is deleted; continues if this program can't
 * know how to reach the cluster.
 */
export async function refuseUnanswered(claim: Claim, otherwise: Verdict): Promise<Verdict> {
  const why = await claim.connection.live.unanswered(claim.object);
  return why === undefined ? otherwise : unlessPreview("MW0561", claim, { ...factsOf(claim), why }, otherwise);
}

/**
 * Returns true if the state has an object of this kind, namespace and name that belongs to none of the resource's
 * claims: Pulumi may be about to delete it.
 */
export async function mayBeDeleted(
  { object }: Claim,
  claims: readonly Claim[],
  urns: readonly string[],
  state: StackState,
): Promise<boolean> {
  const kept = new Set([...urns, ...(await Promise.all(claims.map(formerUrnsOf))).flat()]);
  const name = nameOf(object);
  return [...state].some(([urn, noted]) => !kept.has(urn) && nameOf(noted) === name);
}

/** Returns the kind, namespace and name of an object in the state; undefined for other resources. */
function nameOf(noted: Partial<NamedObject>): string | undefined {
  const { kind, metadata } = noted;
  return kind === undefined || metadata === undefined ? undefined : `${kind} ${objectName(noted as NamedObject)}`;
}

/** Rejects an object if the stack can't be exported and that decides what is deleted. */
export function refuseNotExported(claim: Claim, error: unknown): Verdict {
  if (error instanceof NotExported) return refusal("MW0562", claim, factsOf(claim));
  throw error;
}
