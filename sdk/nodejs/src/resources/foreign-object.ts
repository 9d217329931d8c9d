import type { Owner } from "../kube/owner.js";
import { type Claim, factsOf, finding, refusal, type Verdict, warn } from "./claim.js";
import { stateOf } from "./stack-state.js";

/**
 * Rejects taking an object over from the stack that owns it, unless the fleet lists it with that stack and that stack's
 * state no longer has it: otherwise that stack would delete the object. Only warns if that state can't be read.
 */
export async function refuseForeign(claim: Claim, { stack: owner, urn }: Owner): Promise<Verdict | undefined> {
  const facts = { ...factsOf(claim), owner };
  if (!claim.fromStacks.includes(owner)) return foreign(claim, { stack: owner, urn });
  const state = await stateOf(owner);
  if (state?.has(urn) === true) return refusal("MW0560", claim, { ...facts, urn });
  if (state === undefined) warn(claim, finding("MW0547", claim, { ...facts, urn }));
  return undefined;
}

/** Rejects an object of another stack, with the steps to move it here. */
export function foreign(claim: Claim, { stack: owner, urn }: Owner): Verdict {
  return refusal("MW0541", claim, { ...factsOf(claim), owner, urn, snippet: snippetOf(claim, owner) });
}

/** Returns the entry of `adopt` that would take an object over. */
export function snippetOf({ object, connection }: Claim, fromStack?: string): string {
  const { kind, metadata } = object;
  const place = metadata.namespace === undefined ? "" : ` namespace: "${metadata.namespace}",`;
  const from = fromStack === undefined ? "" : `, fromStack: "${fromStack}"`;
  return `{ kind: "${kind}",${place} name: "${metadata.name}", cluster: "${connection.cluster}"${from} }`;
}
