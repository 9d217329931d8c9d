import * as pulumi from "@pulumi/pulumi";
import type { Code } from "../diagnostics/catalog.js";
import type { FactsOf } from "../diagnostics/diagnostic.js";
import type { Owner } from "../kube/owner.js";
import { wayAnnotation, wayIn, wayOf } from "../kube/way.js";
import { type Annotations, type Claim, factsOf, finding, refusal, type Verdict, warn } from "./claim.js";

/** What the stack's state has of an object. */
interface Noted {
  readonly metadata?: { readonly uid?: string; readonly annotations?: Annotations };
}

/**
 * Finds what a changed way to the cluster does to an object that the state has.
 *
 * Every object says through which provider it came and where that led. Where both are as before, the cluster is not asked. Else the object that is
 * there is compared with the one of the state: only another cluster has another one of that name.
 *
 * A preview only warns, because the run may refresh after it, or may have to stop once for the next to go on.
 */
export async function checkWay(claim: Claim, own: Owner, noted: Noted): Promise<Verdict> {
  const { connection, object } = claim;
  const before = wayIn(wayOf(noted.metadata?.annotations));
  const now = await connection.way();
  const stays: Verdict = { annotations: wayAnnotation(before ?? now) };
  const comes: Verdict = { annotations: wayAnnotation(now) };
  const change = await connection.change(before?.provider);
  const isSameProvider = before === undefined || before.id === now.id;
  if (change === "none" && isSameProvider && (before ?? now).entry === now.entry) return stays;

  const live = await connection.live.find(object);
  if (live === undefined) return isSameProvider ? stays : comes;
  const facts = factsOf(claim);
  if (!live.isThere) {
    if (change === "replaced") return comes;
    if (isSameProvider) return unlessPreview("MW0546", claim, facts, stays);
    // Pulumi takes it for unchanged: a run that replaced the provider was stopped before it came to this object
    claim.replace();
    return comes;
  }
  const { owner } = live;
  if (owner !== undefined && owner.stack !== own.stack)
    return refusal("MW0541", claim, { ...facts, owner: owner.stack, urn: owner.urn });
  const isSameObject = live.uid === undefined || live.uid === (noted.metadata?.uid ?? live.uid);
  const isSameWay = change !== "replaced" && isSameProvider;
  if (!isSameObject && !isSameWay) return unlessPreview("MW0550", claim, { ...facts, urn: own.urn }, stays);
  if (change !== "replaced") return isSameProvider ? stays : comes;
  const former = await connection.unlikeFormer(before?.provider);
  if (former !== undefined) return refusal("MW0551", claim, { ...facts, former });
  if (!pulumi.runtime.isDryRun()) return refusal("MW0544", claim, facts);
  return unlessPreview("MW0545", claim, facts, stays);
}

/** Refuses an object; in a preview tells that once for each cluster, and goes on. */
function unlessPreview<C extends Code>(code: C, claim: Claim, facts: FactsOf<C>, otherwise: Verdict): Verdict {
  if (!pulumi.runtime.isDryRun()) return refusal(code, claim, facts);
  const { told } = claim.connection;
  if (!told.has(code)) warn(claim, finding(code, claim, facts));
  told.add(code);
  return otherwise;
}
