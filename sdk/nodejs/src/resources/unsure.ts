import * as pulumi from "@pulumi/pulumi";
import type { Code } from "../diagnostics/catalog.js";
import type { FactsOf } from "../diagnostics/diagnostic.js";
import { type NamedObject, objectName } from "../kube/object.js";
import { type Claim, factsOf, finding, refusal, type Verdict, warn } from "./claim.js";
import { formerUrnsOf } from "./former-urns.js";
import { NotExported } from "./stack-export.js";
import type { StackState } from "./stack-state.js";

/** Refuses an object; in a preview tells that once for each cluster, and goes on. */
export function unlessPreview<C extends Code>(code: C, claim: Claim, facts: FactsOf<C>, otherwise: Verdict): Verdict {
  if (!pulumi.runtime.isDryRun()) return refusal(code, claim, facts);
  const { told } = claim.connection;
  if (!told.has(code)) warn(claim, finding(code, claim, facts));
  told.add(code);
  return otherwise;
}

/**
 * Refuses an object whose cluster gave no answer where that decides what is deleted; where nobody could ask, or will
 * be able to, goes on.
 */
export async function refuseUnanswered(claim: Claim, otherwise: Verdict): Promise<Verdict> {
  const why = await claim.connection.live.unanswered(claim.object);
  return why === undefined ? otherwise : unlessPreview("MW0561", claim, { ...factsOf(claim), why }, otherwise);
}

/**
 * Returns whether the state has an object of this kind, namespace and name that none of the resource's claims stands for:
 * Pulumi may be about to delete it.
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

/** The kind, namespace and name of an object that the state has; undefined of another resource. */
function nameOf(noted: Partial<NamedObject>): string | undefined {
  const { kind, metadata } = noted;
  return kind === undefined || metadata === undefined ? undefined : `${kind} ${objectName(noted as NamedObject)}`;
}

/** Refuses an object where the stack can't be exported and that decides what is deleted. */
export function refuseNotExported(claim: Claim, error: unknown): Verdict {
  if (error instanceof NotExported) return refusal("MW0562", claim, factsOf(claim));
  throw error;
}
