import type { NamedObject } from "../kube/object.js";
import type { Owner } from "../kube/owner.js";
import type { Way } from "../kube/way.js";
import { memoizeBy } from "../memo/memo.js";
import { type Claim, factsOf, refusal, type Verdict } from "./claim.js";
import type { ClusterConnection } from "./connection.js";
import { thisStack } from "./engine.js";
import { snippetOf } from "./foreign-object.js";
import type { Live } from "./live-objects.js";
import { indexOf, type Noted, notedWay, placeOf } from "./noted.js";
import type { StackState } from "./stack-state.js";

/**
 * Finds a URN under which the state has a claim's object, other than the current and former URNs of the claim's
 * resource.
 *
 * The object's annotations are not enough: after a failed update, `pulumi state rename` or `pulumi stack import`, the
 * state has it under another URN, and Pulumi deletes by name what the state has and the program doesn't.
 */
export async function objectHolder(
  claim: Claim,
  own: readonly string[],
  live: Live,
  state: StackState,
): Promise<string | undefined> {
  const { byUid, byPlace } = indexOf(state);
  const isOther = (urn: string) => !own.includes(urn) && state.has(urn);
  const { uid, owner } = live?.isThere === true ? live : {};
  const same = uid === undefined ? undefined : byUid.get(uid)?.find(isOther);
  if (same !== undefined) return same;
  if (owner?.stack === thisStack() && isOther(owner.urn)) return owner.urn;
  for (const urn of (byPlace.get(placeOf(claim.object) ?? "") ?? []).filter(isOther))
    if (await isInSameCluster(claim, live, state.get(urn) ?? {}, state)) return urn;
  return undefined;
}

/** Rejects an object that the state has under another URN. */
export function refuseHeld(claim: Claim, own: Owner, urn: string): Verdict {
  return refusal("MW0543", claim, { ...factsOf(claim), urn, own: own.urn, snippet: snippetOf(claim) });
}

/** Returns true if an object of the state is in the cluster of a claim to the same place. */
async function isInSameCluster(
  { object, connection }: Claim,
  live: Live,
  noted: Noted,
  state: StackState,
): Promise<boolean> {
  const [way, now] = [notedWay(noted), await connection.way()];
  if (way === undefined) return false;
  if ((way.id ?? "") !== "" && way.id === now.id) return true;
  // an unresponsive cluster would cost one timeout per list
  if (live !== undefined && (await hasOneOf(connection, way, state))) return true;
  if (way.entry === "" || way.entry !== now.entry) return false;
  // clusters behind one proxy may share a kubeconfig entry, and still have an object each
  const there = await (await connection.formerly(way.provider))?.find(object);
  const here = live?.isThere === true ? live.uid : undefined;
  return there?.isThere !== true || there.uid === here;
}

/** Returns true if a cluster has any object that the state recorded with a way: then that way led to this cluster. */
export const hasOneOf = memoizeBy(lookFor, (_connection, { provider, id = "" }) => `${provider}::${id}`);

async function lookFor(connection: ClusterConnection, { provider, id }: Way, state: StackState): Promise<boolean> {
  for (const each of state.values() as Iterable<Noted>) {
    const way = notedWay(each);
    const uid = each.metadata?.uid;
    if (uid === undefined || way?.provider !== provider || way.id !== id) continue;
    const live = await connection.live.find(each as NamedObject);
    if (live?.isThere === true && live.uid === uid) return true;
  }
  return false;
}
