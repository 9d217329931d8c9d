import type { NamedObject } from "../kube/object.js";
import type { Owner } from "../kube/owner.js";
import type { Way } from "../kube/way.js";
import { type Claim, factsOf, refusal, snippetOf, type Verdict } from "./claim.js";
import type { Connection } from "./connection.js";
import { thisStack } from "./engine.js";
import type { Live } from "./live-objects.js";
import { indexOf, type Noted, notedWay, placeOf } from "./noted.js";
import type { StackState } from "./stack-state.js";

/**
 * The URN under which the state has the object of a claim, besides those that the claim's resource has or had.
 *
 * What an object says of its owner is not enough: after an update that failed, `pulumi state rename` or `pulumi stack import` the state has it under
 * another URN, and Pulumi deletes what the state has and the program doesn't, by name.
 */
export async function holderOf(
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
    if (await liesHere(claim, live, state.get(urn) ?? {}, state)) return urn;
  return undefined;
}

/** Refuses an object that the state has under another URN. */
export function refuseHeld(claim: Claim, own: Owner, urn: string): Verdict {
  return refusal("MW0543", claim, { ...factsOf(claim), urn, own: own.urn, snippet: snippetOf(claim) });
}

/** Whether an object of the state, of the same place as that of a claim, lies in the same cluster. */
async function liesHere({ object, connection }: Claim, live: Live, noted: Noted, state: StackState): Promise<boolean> {
  const [way, now] = [notedWay(noted), await connection.way()];
  if (way === undefined) return false;
  if ((way.id ?? "") !== "" && way.id === now.id) return true;
  // a cluster that gave no answer is not asked for all the rest, one timeout after the other
  if (live !== undefined && (await hasOneOf(connection, way, state))) return true;
  if (way.entry === "" || way.entry !== now.entry) return false;
  // clusters behind one proxy may have one entry: then each has its own object
  const there = await (await connection.formerly(way.provider))?.find(object);
  const here = live?.isThere === true ? live.uid : undefined;
  return there?.isThere !== true || there.uid === here;
}

const found = new WeakMap<Connection, Map<string, Promise<boolean>>>();

/** Whether the cluster has any object that came by a way, as the state has it: then it is the cluster that this way led to. */
export function hasOneOf(connection: Connection, way: Way, state: StackState): Promise<boolean> {
  const known = found.get(connection) ?? new Map<string, Promise<boolean>>();
  found.set(connection, known);
  const key = `${way.provider}::${way.id ?? ""}`;
  const has = known.get(key) ?? lookFor(connection, way, state);
  known.set(key, has);
  return has;
}

async function lookFor(connection: Connection, { provider, id }: Way, state: StackState): Promise<boolean> {
  for (const each of state.values() as Iterable<Noted>) {
    const way = notedWay(each);
    const uid = each.metadata?.uid;
    if (uid === undefined || way?.provider !== provider || way.id !== id) continue;
    const live = await connection.live.find(each as NamedObject);
    if (live?.isThere === true && live.uid === uid) return true;
  }
  return false;
}
