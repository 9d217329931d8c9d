import { objectName } from "../kube/object.js";
import { type Way, wayIn, wayOf } from "../kube/way.js";
import type { Annotations } from "./claim.js";
import { typeIn } from "./former-urns.js";
import type { StackState } from "./stack-state.js";

/** What the stack's state has of an object. */
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

/** The resources of a state by what tells their objects from others. */
interface Index {
  /** URNs by the uid of the object, which no other one ever has. */
  readonly byUid: ReadonlyMap<string, readonly string[]>;
  /** URNs by the place in a cluster, which objects of several clusters share. */
  readonly byPlace: ReadonlyMap<string, readonly string[]>;
  /** IDs of the providers by which the objects came. */
  readonly providerIds: ReadonlySet<string>;
}

const indexes = new WeakMap<StackState, Index>();

/** The index of a state, made once. */
export function indexOf(state: StackState): Index {
  const index = indexes.get(state) ?? makeIndex(state);
  indexes.set(state, index);
  return index;
}

/** Where an object lies in its cluster: group, kind, namespace and name; undefined of what is no object. */
export function placeOf({ apiVersion, kind, metadata }: Noted): string | undefined {
  const { name, namespace } = metadata ?? {};
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const [group] = apiVersion.split("/");
  const place = objectName({ apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });
  return `${group}/${kind} ${place}`;
}

/** By which way an object of the state came, if it says so. */
export function notedWay({ metadata }: Noted): Way | undefined {
  return wayIn(wayOf(metadata?.annotations));
}

function makeIndex(state: StackState): Index {
  const [byUid, byPlace] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const providerIds = new Set<string>();
  for (const [urn, noted] of state as ReadonlyMap<string, Noted>) {
    // a patch of an object looks like the object, and Pulumi deletes only its fields
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
