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

/** A claim, with the way by which its object was applied and the current one. */
interface Move {
  readonly claim: Claim;
  readonly own: Owner;
  readonly noted: Noted;
  readonly state: StackState;
  /** Undefined for objects of an earlier Meshway, or where a transformation removed the annotation. */
  readonly before: Way | undefined;
  readonly now: Way;
  readonly change: Change;
  readonly isSameProvider: boolean;
}

/**
 * Checks what a changed way to the cluster does to an object that the state has.
 *
 * Every object records the provider it was applied through and where that led. If both are unchanged, the cluster is
 * not contacted. Otherwise the live object is compared with the one in the state: a different object of that name means
 * a different cluster.
 *
 * A preview only warns, because the run may refresh after it, or may have to stop once before the next one can
 * continue.
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
 * If the cluster is a different one, the object is created and the former one deleted. If it is the same one, where
 * somebody has deleted the object, that delete would remove the new object: anything that is not certainly a different
 * cluster is rejected.
 */
async function checkAbsent(move: Move): Promise<Verdict> {
  const { claim, own, state, before, now, change } = move;
  const facts = factsOf(claim);
  if (!(await isInOtherCluster(move))) return unlessPreview("MW0546", claim, facts, noting(before ?? now));
  const holder = await objectHolder(claim, await urnsOf(move), { isThere: false }, state);
  if (holder !== undefined) return refuseHeld(claim, own, holder);
  if (await hasPendingDelete(claim.object)) return unlessPreview("MW0553", claim, facts, noting(now));
  // if an earlier run that was stopped replaced the provider, Pulumi treats the object as unchanged
  if (change !== "replaced") claim.replace(move.noted.metadata?.uid);
  return noting(now);
}

/** Returns true if the state's object is in a different cluster than the one the way leads to now. */
async function isInOtherCluster(move: Move): Promise<boolean> {
  const { claim, noted, state, before, now, change, isSameProvider } = move;
  const { object } = claim;
  if (isSameProvider || (before === undefined && change !== "replaced")) return false;
  if (before !== undefined && before.entry !== "" && before.entry === now.entry) return false;
  if (before !== undefined && (await hasOneOf(claim.connection, before, state))) return false;
  const former = await formerCluster(move);
  if (former === undefined) return false;
  const live = await former.find(object);
  return live === undefined || (live.isThere && live.uid === noted.metadata?.uid);
}

/**
 * Returns the objects of the cluster from which Pulumi would delete the object; undefined if that is unknown, or if the
 * same provider would create it.
 */
async function formerCluster(move: Move): Promise<LiveObjects | undefined> {
  const { before, now, change } = move;
  const { connection } = move.claim;
  if (change === "replaced")
    return (before && (await connection.formerly(before.provider))) ?? connection.formerly(now.provider);
  // a stopped run has replaced the provider: two IDs may lead to the same cluster
  const id = await providerIdOf(await urnsOf(move));
  return id === undefined || id === now.id ? undefined : connection.through(id);
}

/** Returns the current and former URNs of the object's resource. */
async function urnsOf({ claim, own }: Move): Promise<readonly string[]> {
  return [own.urn, ...(await formerUrnsOf(claim))];
}

/** Decides about an object that is in the cluster. */
async function checkPresent(move: Move, live: Present): Promise<Verdict> {
  const { claim, own, noted, state, before, now, change, isSameProvider } = move;
  const { connection } = claim;
  const facts = factsOf(claim);
  const otherOwner = await otherOwnerOf(move, live);
  if (otherOwner !== undefined) {
    return otherOwner.stack === own.stack ? refuseHeld(claim, own, otherOwner.urn) : foreign(claim, otherOwner);
  }
  if (live.isGoing) return unlessPreview("MW0555", claim, facts, noting(before ?? now));
  const { uid } = noted.metadata ?? {};
  if (live.uid !== undefined && uid !== undefined && live.uid !== uid) {
    const holder = await objectHolder(claim, await urnsOf(move), live, state);
    if (holder !== undefined) return refuseHeld(claim, own, holder);
    const isMadeByThisWay = live.way?.id !== undefined && live.way.id === now.id && change !== "replaced";
    if (!isMadeByThisWay) return unlessPreview("MW0550", claim, { ...facts, urn: own.urn }, noting(before ?? now));
    if (await hasPendingDelete(claim.object)) return unlessPreview("MW0553", claim, facts, noting(now));
    // a killed run created it, and the state has the former one
    return noting(now, live.manager === undefined ? {} : { [MANAGER]: live.manager });
  }
  if (change !== "replaced") return noting(isSameProvider && before ? before : now);
  const former = await connection.unlikeFormer(before?.provider);
  if (former !== undefined) return refusal("MW0551", claim, { ...facts, former });
  if (!pulumi.runtime.isDryRun()) return refusal("MW0544", claim, facts);
  return unlessPreview("MW0545", claim, facts, noting(before ?? now));
}

/** Returns the owner of an object, unless it is this resource, now or when its state was written. */
async function otherOwnerOf({ claim, own, noted, state }: Move, { owner, uid }: Present): Promise<Owner | undefined> {
  const was = ownerIn(noted.metadata?.annotations);
  const isSame = (other: Owner | undefined) => other?.stack === owner?.stack && other?.urn === owner?.urn;
  if (owner === undefined || isSame(own) || isSame(was)) return undefined;
  if (owner.stack !== own.stack) return owner;
  // an older state was restored: no other resource has the object
  if (uid !== undefined && uid === noted.metadata?.uid && !state.has(owner.urn)) return undefined;
  return (await formerUrnsOf(claim)).includes(owner.urn) ? undefined : owner;
}
