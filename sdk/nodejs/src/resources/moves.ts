import * as pulumi from "@pulumi/pulumi";
import type { NamedObject } from "../kube/object.js";
import { type Owner, ownerIn } from "../kube/owner.js";
import { type Way, wayAnnotation, wayIn, wayOf } from "../kube/way.js";
import { type Annotations, type Claim, factsOf, MANAGER, refusal, type Verdict } from "./claim.js";
import { foreign } from "./foreign-object.js";
import { formerUrnsOf } from "./former-urns.js";
import { refuseLost } from "./interruption.js";
import type { Present } from "./live-objects.js";
import { hasPendingDelete, providerIdOf } from "./stack-export.js";
import type { StackState } from "./stack-state.js";
import { refuseUnanswered, unlessPreview } from "./unsure.js";
import type { Change } from "./way.js";

/** What the stack's state has of an object. */
interface Noted {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly annotations?: Annotations;
  };
}

/** A claim, and how its object came and would come now. */
interface Move {
  readonly claim: Claim;
  readonly own: Owner;
  readonly noted: Noted;
  readonly state: StackState;
  /** Undefined for what an earlier Meshway made, or where a transformation has taken the annotation away. */
  readonly before: Way | undefined;
  readonly now: Way;
  readonly change: Change;
  readonly isSameProvider: boolean;
}

/**
 * Finds what a changed way to the cluster does to an object that the state has.
 *
 * Every object says through which provider it came and where that led. Where both are as before, the cluster is not asked. Else the object that is
 * there is compared with the one of the state: only another cluster has another one of that name.
 *
 * A preview only warns, because the run may refresh after it, or may have to stop once for the next to go on.
 */
export async function checkWay(claim: Claim, own: Owner, noted: Noted, state: StackState): Promise<Verdict> {
  const { connection, object } = claim;
  const before = wayIn(wayOf(noted.metadata?.annotations));
  const now = await connection.way();
  const change = await connection.change(before?.provider);
  const isSameProvider = before !== undefined && before.id === now.id;
  if (change === "none" && isSameProvider && before.entry === now.entry) return refuseLost(claim, noting(before));
  const live = await connection.live.find(object);
  const move = { claim, own, noted, state, before, now, change, isSameProvider };
  if (live === undefined) {
    const unchanged = noting(isSameProvider ? before : now);
    const isDecisive = change === "replaced" || (before !== undefined && !isSameProvider);
    return isDecisive ? refuseUnanswered(claim, unchanged) : unchanged;
  }
  return live.isThere ? checkPresent(move, live) : checkAbsent(move);
}

function noting(way: Way, more: Annotations = {}): Verdict {
  return { annotations: { ...wayAnnotation(way), ...more } };
}

/**
 * Decides about an object that is not in the cluster.
 *
 * In another cluster it is made, and the former one is deleted. In the same one, where somebody has deleted it, that delete would be of what was
 * just made: what is not surely another cluster is refused.
 */
async function checkAbsent(move: Move): Promise<Verdict> {
  const { claim, before, now, change } = move;
  const facts = factsOf(claim);
  if (!(await isElsewhere(move))) return unlessPreview("MW0546", claim, facts, noting(before ?? now));
  if (await hasPendingDelete(claim.object)) return unlessPreview("MW0553", claim, facts, noting(now));
  // where the provider was replaced by an earlier run that was stopped, Pulumi takes the object for unchanged
  if (change !== "replaced") claim.replace(move.noted.metadata?.uid);
  return noting(now);
}

/** Whether the object of the state is in another cluster than the one that the way leads to now. */
async function isElsewhere({ claim, own, noted, state, before, now, change, isSameProvider }: Move): Promise<boolean> {
  const { connection, object } = claim;
  if (isSameProvider || (before === undefined && change !== "replaced")) return false;
  if (before !== undefined && before.entry !== "" && before.entry === now.entry) return false;
  if (before !== undefined && (await hasOneOf(claim, before, state))) return false;
  // Pulumi would delete the object that it has by the same way as the one that it makes
  if (change !== "replaced") return (await providerIdOf([own.urn, ...(await formerUrnsOf(claim))])) !== now.id;
  const former = before && (await connection.formerly(before.provider));
  const live = await former?.find(object);
  return live === undefined || (live.isThere && live.uid === noted.metadata?.uid);
}

/** Whether the cluster has any object that came by a way, as the state has it: then it is the cluster that this way led to. */
async function hasOneOf({ connection }: Claim, { provider, id }: Way, state: StackState): Promise<boolean> {
  for (const each of state.values() as Iterable<Noted>) {
    const way = wayIn(wayOf(each.metadata?.annotations));
    const uid = each.metadata?.uid;
    if (uid === undefined || way?.provider !== provider || way.id !== id) continue;
    const live = await connection.live.find(each as NamedObject);
    if (live?.isThere === true && live.uid === uid) return true;
  }
  return false;
}

/** Decides about an object that is in the cluster. */
async function checkPresent(move: Move, live: Present): Promise<Verdict> {
  const { claim, own, noted, before, now, change, isSameProvider } = move;
  const { connection } = claim;
  const facts = factsOf(claim);
  const stranger = await strangerOf(move, live);
  if (stranger !== undefined) {
    const code = stranger.stack === own.stack ? "MW0543" : "MW0541";
    if (code === "MW0543") return refusal(code, claim, { ...facts, urn: stranger.urn, own: own.urn });
    return foreign(claim, stranger);
  }
  const { uid } = noted.metadata ?? {};
  if (live.uid !== undefined && uid !== undefined && live.uid !== uid) {
    const isMadeByThisWay = live.way?.id !== undefined && live.way.id === now.id && change !== "replaced";
    if (!isMadeByThisWay) return unlessPreview("MW0550", claim, { ...facts, urn: own.urn }, noting(before ?? now));
    // a run that was killed made it, and Pulumi has the former one
    return noting(now, live.manager === undefined ? {} : { [MANAGER]: live.manager });
  }
  if (change !== "replaced") return noting(isSameProvider && before ? before : now);
  const former = await connection.unlikeFormer(before?.provider);
  if (former !== undefined) return refusal("MW0551", claim, { ...facts, former });
  if (!pulumi.runtime.isDryRun()) return refusal("MW0544", claim, facts);
  return unlessPreview("MW0545", claim, facts, noting(before ?? now));
}

/** The owner of an object, if it is none that this resource has, or had when its state was written. */
async function strangerOf({ claim, own, noted }: Move, { owner }: Present): Promise<Owner | undefined> {
  const was = ownerIn(noted.metadata?.annotations);
  const isSame = (other: Owner | undefined) => other?.stack === owner?.stack && other?.urn === owner?.urn;
  if (owner === undefined || isSame(own) || isSame(was)) return undefined;
  if (owner.stack !== own.stack) return owner;
  return (await formerUrnsOf(claim)).includes(owner.urn) ? undefined : owner;
}
