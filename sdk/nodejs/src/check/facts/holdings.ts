import type { Findings } from "../../diagnostics/report.js";
import { memoize } from "../../memo/memo.js";
import type { CheckContext, Claims } from "../rule.js";

/** An action of a resource at a place that a workspace may own. */
export interface Touch {
  /** Identifies the touch; a repeated one replaces the earlier one. */
  readonly key: string;
  /** The workspace that owns the resource. */
  readonly own?: string;
  readonly report: (findings: Findings, owner: string) => void;
}

/**
 * Records the owners of places, and the resources that touch them.
 *
 * Resources of a program are checked one at a time. Whichever comes later, the owner or the touch, finds the other; the
 * finding is the same either way, and about the touching resource.
 */
export class HeldPlaces {
  readonly #owners = new Map<string, Set<string>>();
  readonly #touches = new Map<string, Map<string, Touch>>();
  readonly #below: HeldPlaces | undefined;

  /** Also reads the places below, and leaves them unchanged. */
  constructor(below?: HeldPlaces) {
    this.#below = below;
  }

  /** True if this layer holds nothing, regardless of the layers below. */
  get isEmpty(): boolean {
    return this.#owners.size === 0 && this.#touches.size === 0;
  }

  /** Claims a place for an owner, and reports earlier touches by others. */
  own(findings: Findings, place: string, owner: string): void {
    const owners = this.#owners.get(place) ?? new Set();
    if (owners.has(owner)) return;
    this.#owners.set(place, owners.add(owner));
    for (const touch of this.#touchesOf(place).values()) if (touch.own !== owner) touch.report(findings, owner);
  }

  /** Touches a place: reported now if others own it, otherwise as soon as they do. */
  touch(findings: Findings, place: string, touch: Touch): void {
    const touches = this.#touches.get(place) ?? new Map<string, Touch>();
    this.#touches.set(place, touches.set(touch.key, touch));
    for (const owner of this.ownersOf(place)) if (touch.own !== owner) touch.report(findings, owner);
  }

  /** Returns the owners of a place among the resources checked so far. */
  ownersOf(place: string): ReadonlySet<string> {
    return new Set([
      ...(this.#owners.get(place) ?? []),
      ...(this.#below === undefined ? [] : this.#below.ownersOf(place)),
    ]);
  }

  #touchesOf(place: string): ReadonlyMap<string, Touch> {
    return new Map([
      ...(this.#below === undefined ? [] : this.#below.#touchesOf(place)),
      ...(this.#touches.get(place) ?? []),
    ]);
  }
}

/** One of several parties that may conflict with each other. */
export interface Party {
  readonly key: string;
  /** True if findings about it are wanted: it is part of this program rather than known from its descriptor only. */
  readonly isReported: boolean;
  /** The key that others must share in order to meet it; absent if any of them may. */
  readonly exact?: string;
}

/** Finds conflicting pairs, in whatever order they are declared. */
export class Meetings<P extends Party> {
  readonly #parties = new Map<string, P>();
  readonly #exact = new Map<string, Set<string>>();
  readonly #open = new Set<string>();
  readonly #below: Meetings<P> | undefined;

  /** Also compares with the parties below, and adds none there. */
  constructor(below?: Meetings<P>) {
    this.#below = below;
  }

  /** True if this layer has no parties, regardless of the layers below. */
  get isEmpty(): boolean {
    return this.#parties.size === 0;
  }

  /** Adds a party, and judges it and those it meets against each other. */
  meet(party: P, judge: (offender: P, victim: P) => void): void {
    const known = this.#parties.get(party.key);
    // parties that are only context never change
    if (known !== undefined && !party.isReported) return;
    for (const other of this.#whoMeets(party)) {
      if (party.isReported) judge(party, other);
      if (other.isReported) judge(other, party);
    }
    this.#parties.set(party.key, party);
    if (party.exact === undefined) this.#open.add(party.key);
    else this.#exact.set(party.exact, (this.#exact.get(party.exact) ?? new Set()).add(party.key));
  }

  #whoMeets(party: P): readonly P[] {
    const { key, exact } = party;
    const keys = exact === undefined ? this.#parties.keys() : [...(this.#exact.get(exact) ?? []), ...this.#open];
    const here = [...keys].flatMap((each) => (each === key ? [] : (this.#parties.get(each) ?? [])));
    // of a party in both layers, this one knows more
    const below = this.#below === undefined ? [] : this.#below.#whoMeets(party);
    return [...here, ...below.filter((each) => !this.#parties.has(each.key))];
  }
}

/** The state of the program's resources in a fleet beyond plain claims. */
interface Holdings {
  readonly places: HeldPlaces;
  readonly meetings: Map<string, Meetings<Party>>;
}

const holdingsOf: (claims: Claims) => Holdings = memoize(({ below }: Claims) => ({
  places: new HeldPlaces(below && holdingsOf(below).places),
  meetings: new Map(),
}));

/** True if a layer of claims holds nothing of its own. */
export function holdsNothing(claims: Claims): boolean {
  const { places, meetings } = holdingsOf(claims);
  return places.isEmpty && [...meetings.values()].every((each) => each.isEmpty);
}

/** Returns the places that resources of the program own and touch. */
export function heldPlacesOf(context: CheckContext): HeldPlaces {
  return holdingsOf(context.claims).places;
}

/** Returns the meetings of one kind in a fleet. */
export function meetingsOf<P extends Party>({ claims }: CheckContext, sort: string, fleet: string): Meetings<P> {
  return meetingsIn(claims, JSON.stringify([sort, fleet])) as unknown as Meetings<P>;
}

function meetingsIn(claims: Claims, key: string): Meetings<Party> {
  const { meetings } = holdingsOf(claims);
  const below = claims.below && meetingsIn(claims.below, key);
  const found = meetings.get(key) ?? new Meetings<Party>(below);
  meetings.set(key, found);
  return found;
}
