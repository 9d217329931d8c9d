import * as pulumi from "@pulumi/pulumi";
import { type Owner, ownerIn } from "../kube/owner.js";
import { type Way, wayAnnotation } from "../kube/way.js";
import { type Annotations, type Claim, factsOf, MANAGER, refusal, unlessPreview, type Verdict } from "./claim.js";
import { foreign } from "./foreign-object.js";
import { formerUrnsOf } from "./former-urns.js";
import { hasOneOf, objectHolder, refuseHeld } from "./holder.js";
import { refuseLost } from "./interruption.js";
import type { LiveObjects, Present } from "./live-objects.js";
import { type Noted, notedWay } from "./noted.js";
import { hasPendingDelete, providerIdOf } from "./stack-export.js";
import type { StackState } from "./stack-state.js";
import { refuseUnanswered } from "./unsure.js";
import type { Change } from "./way.js";

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
  const before = notedWay(noted);
  const now = await connection.way();
  const isSameProvider = before !== undefined && before.id === now.id;
  // after renames, another provider may have the URN that the object names
  const change = await connection.change(isSameProvider ? now.provider : before?.provider);
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
  const { claim, own, state, before, now, change } = move;
  const facts = factsOf(claim);
  if (!(await isElsewhere(move))) return unlessPreview("MW0546", claim, facts, noting(before ?? now));
  const holder = await objectHolder(claim, await urnsOf(move), { isThere: false }, state);
  if (holder !== undefined) return refuseHeld(claim, own, holder);
  if (await hasPendingDelete(claim.object)) return unlessPreview("MW0553", claim, facts, noting(now));
  // where the provider was replaced by an earlier run that was stopped, Pulumi takes the object for unchanged
  if (change !== "replaced") claim.replace(move.noted.metadata?.uid);
  return noting(now);
}

/** Whether the object of the state is in another cluster than the one that the way leads to now. */
async function isElsewhere(move: Move): Promise<boolean> {
  const { claim, noted, state, before, now, change, isSameProvider } = move;
  const { object } = claim;
  if (isSameProvider || (before === undefined && change !== "replaced")) return false;
  if (before !== undefined && before.entry !== "" && before.entry === now.entry) return false;
  if (before !== undefined && (await hasOneOf(claim.connection, before, state))) return false;
  const former = await lookBack(move);
  if (former === undefined) return false;
  const live = await former.find(object);
  return live === undefined || (live.isThere && live.uid === noted.metadata?.uid);
}

/**
 * Looks at the cluster from which Pulumi would delete the object; undefined where that is not known, or where the same
 * provider would make it.
 */
async function lookBack(move: Move): Promise<LiveObjects | undefined> {
  const { before, now, change } = move;
  const { connection } = move.claim;
  if (change === "replaced")
    return (before && (await connection.formerly(before.provider))) ?? connection.formerly(now.provider);
  // a stopped run has replaced the provider: two IDs may lead to one cluster
  const id = await providerIdOf(await urnsOf(move));
  return id === undefined || id === now.id ? undefined : connection.through(id);
}

/** Lists the URNs that the object's resource has or had. */
async function urnsOf({ claim, own }: Move): Promise<readonly string[]> {
  return [own.urn, ...(await formerUrnsOf(claim))];
}

/** Decides about an object that is in the cluster. */
async function checkPresent(move: Move, live: Present): Promise<Verdict> {
  const { claim, own, noted, state, before, now, change, isSameProvider } = move;
  const { connection } = claim;
  const facts = factsOf(claim);
  const stranger = await strangerOf(move, live);
  if (stranger !== undefined) {
    return stranger.stack === own.stack ? refuseHeld(claim, own, stranger.urn) : foreign(claim, stranger);
  }
  if (live.isGoing) return unlessPreview("MW0555", claim, facts, noting(before ?? now));
  const { uid } = noted.metadata ?? {};
  if (live.uid !== undefined && uid !== undefined && live.uid !== uid) {
    const holder = await objectHolder(claim, await urnsOf(move), live, state);
    if (holder !== undefined) return refuseHeld(claim, own, holder);
    const isMadeByThisWay = live.way?.id !== undefined && live.way.id === now.id && change !== "replaced";
    if (!isMadeByThisWay) return unlessPreview("MW0550", claim, { ...facts, urn: own.urn }, noting(before ?? now));
    if (await hasPendingDelete(claim.object)) return unlessPreview("MW0553", claim, facts, noting(now));
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
async function strangerOf({ claim, own, noted, state }: Move, { owner, uid }: Present): Promise<Owner | undefined> {
  const was = ownerIn(noted.metadata?.annotations);
  const isSame = (other: Owner | undefined) => other?.stack === owner?.stack && other?.urn === owner?.urn;
  if (owner === undefined || isSame(own) || isSame(was)) return undefined;
  if (owner.stack !== own.stack) return owner;
  // an older state was restored: nothing else has the object
  if (uid !== undefined && uid === noted.metadata?.uid && !state.has(owner.urn)) return undefined;
  return (await formerUrnsOf(claim)).includes(owner.urn) ? undefined : owner;
}
