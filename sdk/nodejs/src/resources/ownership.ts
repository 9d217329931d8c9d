import * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { type Owner, ownerAnnotations, URN } from "../kube/owner.js";
import { PROVIDER, wayAnnotation } from "../kube/way.js";
import { memoize } from "../memo/memo.js";
import {
  type Annotations,
  type Claim,
  factsOf,
  finding,
  MANAGER,
  refusal,
  unlessPreview,
  type Verdict,
  warn,
} from "./claim.js";
import { thisStack, urnOf } from "./engine.js";
import { RoutingError } from "./error.js";
import { refuseForeign, snippetOf } from "./foreign-object.js";
import { childUrn, formerUrnsOf, typeOf } from "./former-urns.js";
import { objectHolder, refuseHeld } from "./holder.js";
import { wasInterrupted } from "./interruption.js";
import { noteDeclared } from "./left-overs.js";
import type { Present } from "./live-objects.js";
import { isMadeHere } from "./made-here.js";
import { isMocked } from "./mocked.js";
import { checkWay } from "./moves.js";
import { narrowedBy, type Use, usesIn } from "./narrowed.js";
import { notedWays } from "./note.js";
import { type Noted, placeOf } from "./noted.js";
import { gathered } from "./renamed.js";
import { hasPendingDelete } from "./stack-export.js";
import { type StackState, stackState } from "./stack-state.js";
import { mayBeDeleted, refuseNotExported, refuseUnanswered } from "./unsure.js";

/** Takes over fields that others own. */
const FORCE = "pulumi.com/patchForce";

/** Returns the annotations of an object that are known before its claim is decided. */
export function knownAnnotations({ isListed }: Claim): Annotations {
  const { [URN]: _, ...known } = ownerAnnotations({ stack: thisStack(), urn: "" });
  // listing an object means to overwrite fields that others set
  return { ...known, ...(isListed && { [FORCE]: "true" }) };
}

/** Annotations that wait for the decision. */
export const AWAITED = [URN, PROVIDER] as const;

/**
 * Decides whether a resource may have its objects, before any of them is registered, and returns the annotations that
 * they get: their owner, and the field manager with which Pulumi takes over an object.
 *
 * Objects that the stack's state already has need no request. For other names and places the cluster is contacted: an
 * object that a killed run left there is taken over, and so is one that the fleet lists under `adopt`. Any other
 * existing object fails the program, and with it the whole run. A failing create alone would not be enough: with
 * `--continue-on-error` Pulumi continues with deletes, which go by name, so the object of a renamed resource would be
 * deleted with its former URN.
 *
 * @throws RoutingError with MW0540 to MW0555.
 */
export async function claimObjects(claims: readonly Claim[]): Promise<readonly Annotations[]> {
  const owners = await Promise.all(claims.map(ownerOf));
  const [first] = claims;
  noteDeclared(owners.map(({ urn }) => urn));
  if (first === undefined || isMocked()) return owners.map(ownerAnnotations);
  const upserting = await upsertingClusters(claims);
  if (upserting.length > 0) throw new RoutingError(upserting, first.resource);
  // a run reads the state itself, because only that is certain
  const noted = pulumi.runtime.isDryRun() && !(await wasInterrupted()) ? await notedWays(claims) : undefined;
  if (noted !== undefined)
    return claims.map((claim, index) =>
      annotationsOf(claim, owners[index] as Owner, wayAnnotation(noted[index] ?? "")),
    );
  const state = await stackState();
  if (state === undefined) return owners.map(ownerAnnotations);
  const mayDelete = (claim: Claim) =>
    mayBeDeleted(
      claim,
      claims,
      owners.map(({ urn }) => urn),
      state,
    );
  const verdicts = await Promise.all(
    claims.map((claim, index) =>
      check(claim, owners[index] as Owner, state, mayDelete).catch((error) => refuseNotExported(claim, error)),
    ),
  );
  const refused = gathered(claims, verdicts);
  if (refused.length > 0) throw new RoutingError(refused, first.resource);
  warnNarrowed(claims, owners, state);
  return claims.map((claim, index) => annotationsOf(claim, owners[index] as Owner, verdicts[index]?.annotations));
}

/** Returns the annotations of an object whose claim is accepted. */
function annotationsOf(claim: Claim, owner: Owner, more: Annotations = {}): Annotations {
  const { [MANAGER]: manager, ...rest } = more;
  if (manager !== undefined) claim.annotate({ [MANAGER]: manager });
  return { ...ownerAnnotations(owner), ...rest };
}

const usesOf = memoize((state: StackState): readonly Use[] => usesIn(state.values()));

/** Warns about what these objects remove although the stack's routes use it, once per kind of removal. */
function warnNarrowed(claims: readonly Claim[], owners: readonly Owner[], state: StackState): void {
  const reported = new Set<string>();
  claims.forEach((claim, index) => {
    const before = state.get(owners[index]?.urn ?? "");
    if (before === undefined) return;
    for (const { what, by } of narrowedBy(before, claim.object, usesOf(state))) {
      if (!reported.has(what)) warn(claim, finding("MW0552", claim, { ...factsOf(claim), what, by }));
      reported.add(what);
    }
  });
}

/** Returns findings about clusters whose provider would take over any object. */
async function upsertingClusters(claims: readonly Claim[]): Promise<readonly Diagnostic[]> {
  const byCluster = new Map(claims.map((claim) => [claim.connection.cluster, claim]));
  const found = await Promise.all(
    [...byCluster].map(async ([cluster, claim]) =>
      (await claim.connection.upserts()) ? [finding("MW0540", claim, { cluster })] : [],
    ),
  );
  return found.flat();
}

async function ownerOf({ resource, object, childName }: Claim): Promise<Owner> {
  return { stack: thisStack(), urn: childUrn(await urnOf(resource), typeOf(object), childName) };
}

/** Decides whether a resource may have an object. */
export async function check(
  claim: Claim,
  own: Owner,
  state: StackState,
  mayDelete: (claim: Claim) => Promise<boolean>,
): Promise<Verdict> {
  const urns = [own.urn, ...(await formerUrnsOf(claim))];
  const known = urns.find((urn) => state.has(urn));
  if (known === undefined) return checkNew({ claim, own, urns, state, mayDelete });
  // Pulumi drops a resource's aliases if an earlier run that was stopped left a resource of its new name
  if (known !== own.urn) claim.wasCalled(known);
  const noted: Noted = state.get(known) ?? {};
  if (isSamePlace(noted, claim.object)) return checkWay(claim, own, noted, state);
  return checkNew({ claim, own, urns, state, mayDelete });
}

/**
 * Returns true if the state has an object in the place where the program declares it.
 *
 * If the namespace changes, Pulumi creates another object in the new one, and then deletes the former object.
 */
function isSamePlace(noted: Noted, object: Claim["object"]): boolean {
  const place = placeOf(noted);
  return place === undefined || place === placeOf(object);
}

/** A claim to an object that the state does not have in its place. */
interface NewClaim {
  readonly claim: Claim;
  readonly own: Owner;
  /** The current and former URNs of the object's resource. */
  readonly urns: readonly string[];
  readonly state: StackState;
  /** Returns true if Pulumi may be about to delete an object of this name. */
  readonly mayDelete: (claim: Claim) => Promise<boolean>;
}

/** Decides about an object that the state does not have in this place under any URN of its resource. */
async function checkNew({ claim, own, urns, state, mayDelete }: NewClaim): Promise<Verdict> {
  const { object, connection } = claim;
  const facts = factsOf(claim);
  const noting = { annotations: wayAnnotation(await connection.way()) };
  const live = await connection.live.find(object);
  if (live === undefined && (await mayDelete(claim))) return refuseUnanswered(claim, noting);
  const holder = await objectHolder(claim, urns, live, state);
  if (holder !== undefined) {
    // if listed, it is the same object under another URN; Pulumi allows one URN per resource
    if (!claim.isListed || urns.some((urn) => state.has(urn))) return refuseHeld(claim, own, holder);
    claim.wasCalled(holder);
    return checkWay(claim, own, state.get(holder) ?? {}, state);
  }
  if (state.size > 0 && (await hasPendingDelete(object))) return unlessPreview("MW0553", claim, facts, noting);
  if (live?.isThere !== true) return noting;
  if (live.isGoing) return unlessPreview("MW0555", claim, facts, noting);
  const { annotations, ...verdict } = await decide(claim, live, state);
  return { ...verdict, annotations: { ...noting.annotations, ...annotations } };
}

/** Takes over an object that the cluster has and the state does not, or rejects it. */
async function decide(claim: Claim, live: Present, state: StackState): Promise<Verdict> {
  const { owner: found, manager } = live;
  const facts = factsOf(claim);
  const isOurs = await isMadeHere(live, claim.connection, state);
  if (!isOurs) {
    const refused = await refuseUnknown(claim, found);
    if (refused !== undefined) return refused;
  }
  claim.takeOver();
  if (isOurs || found === undefined || found.stack === thisStack()) {
    const why = isOurs ? "this stack made it, and its state does not have it" : "the fleet lists it under `adopt`";
    void pulumi.log.info(
      `${quote(facts.object)} of cluster ${quote(facts.cluster)} is taken over: ${why}`,
      claim.resource,
    );
  }
  // under another field manager, Pulumi would conflict with fields that it applied itself before its state was lost
  return manager === undefined ? {} : { annotations: { [MANAGER]: manager } };
}

/** Rejects an object that this stack did not create, unless the fleet lists it. */
async function refuseUnknown(claim: Claim, found: Owner | undefined): Promise<Verdict | undefined> {
  const facts = { ...factsOf(claim), snippet: snippetOf(claim) };
  if (found !== undefined && found.stack !== thisStack()) return refuseForeign(claim, found);
  if (claim.isListed) return undefined;
  return found === undefined
    ? refusal("MW0542", claim, facts)
    : refusal("MW0554", claim, { ...facts, owner: found.stack });
}
