import { objectName } from "../kube/object.js";
import { type Way, wayIn, wayOf } from "../kube/way.js";
import { memoize } from "../memo/memo.js";
import type { Annotations } from "./claim.js";
import { typeIn } from "./former-urns.js";
import type { StackState } from "./stack-state.js";

/** An object in the stack's state. */
export interface Noted {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly annotations?: Annotations;
  };
}

/** Lookup tables for the objects of a state. */
interface Index {
  /** URNs by uid. */
  readonly byUid: ReadonlyMap<string, readonly string[]>;
  /** URNs by place; objects of several clusters share one. */
  readonly byPlace: ReadonlyMap<string, readonly string[]>;
  /** IDs of the objects' providers. */
  readonly providerIds: ReadonlySet<string>;
}

/** Returns a state's lookup tables, built once. */
export const indexOf = memoize(makeIndex);

/** Returns the place of an object in its cluster: group, kind, namespace and name; undefined if it is not an object. */
export function placeOf({ apiVersion, kind, metadata }: Noted): string | undefined {
  const { name, namespace } = metadata ?? {};
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const [group] = apiVersion.split("/");
  const place = objectName({ apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });
  return `${group}/${kind} ${place}`;
}

/** Returns the way by which an object of the state was applied, if annotated. */
export function notedWay({ metadata }: Noted): Way | undefined {
  return wayIn(wayOf(metadata?.annotations));
}

function makeIndex(state: StackState): Index {
  const [byUid, byPlace] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const providerIds = new Set<string>();
  for (const [urn, noted] of state as ReadonlyMap<string, Noted>) {
    // a patch has the outputs of its object, and its delete removes only fields
    if (!typeIn(urn).endsWith(`:${noted.kind}`)) continue;
    add(byUid, noted.metadata?.uid, urn);
    add(byPlace, placeOf(noted), urn);
    const { id = "" } = notedWay(noted) ?? {};
    if (id !== "") providerIds.add(id);
  }
  return { byUid, byPlace, providerIds };
}

function add(urns: Map<string, string[]>, key: string | undefined, urn: string): void {
  if (key !== undefined) urns.set(key, [...(urns.get(key) ?? []), urn]);
}
