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

/** Takes fields over that others have written. */
const FORCE = "pulumi.com/patchForce";

/** Annotations of an object that are known before it is known whether it may be had. */
export function knownAnnotations({ isListed }: Claim): Annotations {
  const { [URN]: _, ...known } = ownerAnnotations({ stack: thisStack(), urn: "" });
  // who lists an object means to write over what others have written
  return { ...known, ...(isListed && { [FORCE]: "true" }) };
}

/** Annotations that wait until that is known. */
export const AWAITED = [URN, PROVIDER] as const;

/**
 * Finds out whether a resource may have its objects, before any of them is registered, and gives the annotations that they are to have: their owner,
 * and how Pulumi gets at fields of an object that it takes over.
 *
 * What the stack's state has already costs no question. For other names and places the cluster is asked: an object that
 * a killed run left there is taken over, and so is one that the fleet lists under `adopt`. Whatever else is there makes
 * the program fail, and so the whole run: a create that fails by itself would not be enough, since with
 * `--continue-on-error` Pulumi goes on to delete, and it deletes by name, so that
 * the object of a renamed resource would go with its former URN.
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
  // a run looks at the state itself, since only that is sure
  const noted = pulumi.runtime.isDryRun() && !(await wasInterrupted()) ? await notedWays(claims) : undefined;
  if (noted !== undefined)
    return claims.map((claim, index) =>
      annotationsOf(claim, owners[index] as Owner, wayAnnotation(noted[index] ?? "")),
    );
  const state = await stackState();
  if (state === undefined) return owners.map(ownerAnnotations);
  const mayGo = (claim: Claim) =>
    mayBeDeleted(
      claim,
      claims,
      owners.map(({ urn }) => urn),
      state,
    );
  const verdicts = await Promise.all(
    claims.map((claim, index) =>
      check(claim, owners[index] as Owner, state, mayGo).catch((error) => refuseNotExported(claim, error)),
    ),
  );
  const refused = gathered(claims, verdicts);
  if (refused.length > 0) throw new RoutingError(refused, first.resource);
  tellNarrowed(claims, owners, state);
  return claims.map((claim, index) => annotationsOf(claim, owners[index] as Owner, verdicts[index]?.annotations));
}

/** The annotations of an object that may be had. */
function annotationsOf(claim: Claim, owner: Owner, more: Annotations = {}): Annotations {
  const { [MANAGER]: manager, ...rest } = more;
  if (manager !== undefined) claim.annotate({ [MANAGER]: manager });
  return { ...ownerAnnotations(owner), ...rest };
}

const usesOf = memoize((state: StackState): readonly Use[] => usesIn(state.values()));

/** Warns of what these objects take away although the stack's routes use it, once for each kind of thing. */
function tellNarrowed(claims: readonly Claim[], owners: readonly Owner[], state: StackState): void {
  const told = new Set<string>();
  claims.forEach((claim, index) => {
    const before = state.get(owners[index]?.urn ?? "");
    if (before === undefined) return;
    for (const { what, by } of narrowedBy(before, claim.object, usesOf(state))) {
      if (!told.has(what)) warn(claim, finding("MW0552", claim, { ...factsOf(claim), what, by }));
      told.add(what);
    }
  });
}

/** Findings about clusters whose provider would take over anything. */
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

/** Finds whether a resource may have an object. */
export async function check(
  claim: Claim,
  own: Owner,
  state: StackState,
  mayGo: (claim: Claim) => Promise<boolean>,
): Promise<Verdict> {
  const urns = [own.urn, ...(await formerUrnsOf(claim))];
  const known = urns.find((urn) => state.has(urn));
  if (known === undefined) return checkNew({ claim, own, urns, state, mayGo });
  // Pulumi forgets a resource's aliases where an earlier run that was stopped has left a resource of its new name
  if (known !== own.urn) claim.wasCalled(known);
  const noted: Noted = state.get(known) ?? {};
  if (isSamePlace(noted, claim.object)) return checkWay(claim, own, noted, state);
  return checkNew({ claim, own, urns, state, mayGo });
}

/**
 * Returns true if the state has an object where the program declares it.
 *
 * Where the namespace changes, Pulumi makes another object in the new one, and then deletes the former object.
 */
function isSamePlace(noted: Noted, object: Claim["object"]): boolean {
  const place = placeOf(noted);
  return place === undefined || place === placeOf(object);
}

/** A claim to an object that the state does not have in its place. */
interface NewClaim {
  readonly claim: Claim;
  readonly own: Owner;
  /** Those that the object's resource has or had. */
  readonly urns: readonly string[];
  readonly state: StackState;
  /** Whether Pulumi may be about to delete an object of this name. */
  readonly mayGo: (claim: Claim) => Promise<boolean>;
}

/** Decides about an object that the state does not have in this place under any URN of its resource. */
async function checkNew({ claim, own, urns, state, mayGo }: NewClaim): Promise<Verdict> {
  const { object, connection } = claim;
  const facts = factsOf(claim);
  const noting = { annotations: wayAnnotation(await connection.way()) };
  const live = await connection.live.find(object);
  if (live === undefined && (await mayGo(claim))) return refuseUnanswered(claim, noting);
  const holder = await objectHolder(claim, urns, live, state);
  if (holder !== undefined) {
    // listed, it is the same object under another URN; Pulumi knows a resource by one
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

/** Takes over an object that the state does not have and the cluster has, or says why not. */
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
  // under another name Pulumi would be refused the fields that it has applied itself, by a state that is lost
  return manager === undefined ? {} : { annotations: { [MANAGER]: manager } };
}

/** Refuses an object that this stack did not make, unless the fleet lists it. */
async function refuseUnknown(claim: Claim, found: Owner | undefined): Promise<Verdict | undefined> {
  const facts = { ...factsOf(claim), snippet: snippetOf(claim) };
  if (found !== undefined && found.stack !== thisStack()) return refuseForeign(claim, found);
  if (claim.isListed) return undefined;
  return found === undefined
    ? refusal("MW0542", claim, facts)
    : refusal("MW0554", claim, { ...facts, owner: found.stack });
}
