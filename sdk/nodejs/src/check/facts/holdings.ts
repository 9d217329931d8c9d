import type { Findings } from "../../diagnostics/report.js";
import { memoize } from "../../memo/memo.js";
import type { CheckContext, Claims } from "../rule.js";

/** What a resource does at a place that somebody may own. */
export interface Touch {
  /** What tells it from others; one that comes again takes the place of itself. */
  readonly key: string;
  /** The workspace that the resource belongs to. */
  readonly own?: string;
  readonly tell: (findings: Findings, owner: string) => void;
}

/**
 * Who owns which places, and who touches them.
 *
 * Resources of a program are checked one by one. Whichever of an owner and a touch comes later finds the other, and the finding is the same, about
 * the resource that touches.
 */
export class HeldPlaces {
  readonly #owners = new Map<string, Set<string>>();
  readonly #touches = new Map<string, Map<string, Touch>>();
  readonly #below: HeldPlaces | undefined;

  /** Looks into the places below as well, and changes nothing there. */
  constructor(below?: HeldPlaces) {
    this.#below = below;
  }

  /** Whether anything is held here, not counting what is below. */
  get isEmpty(): boolean {
    return this.#owners.size === 0 && this.#touches.size === 0;
  }

  /** Takes a place for an owner, and tells who touched it before. */
  own(findings: Findings, place: string, owner: string): void {
    const owners = this.#owners.get(place) ?? new Set();
    if (owners.has(owner)) return;
    this.#owners.set(place, owners.add(owner));
    for (const touch of this.#touchesOf(place).values()) if (touch.own !== owner) touch.tell(findings, owner);
  }

  /** Touches a place: told now where others own it, else as soon as they do. */
  touch(findings: Findings, place: string, touch: Touch): void {
    const touches = this.#touches.get(place) ?? new Map<string, Touch>();
    this.#touches.set(place, touches.set(touch.key, touch));
    for (const owner of this.ownersOf(place)) if (touch.own !== owner) touch.tell(findings, owner);
  }

  /** Who owns a place, as far as resources have been checked. */
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

/** One of several that may get in each other's way. */
export interface Party {
  readonly key: string;
  /** Whether findings about it are wanted: it is of this program, and not only known by its descriptor. */
  readonly isTold: boolean;
  /** What others must have in common with it in order to meet it; absent where any may. */
  readonly exact?: string;
}

/** Finds pairs, whichever of the two comes later. */
export class Meetings<P extends Party> {
  readonly #parties = new Map<string, P>();
  readonly #exact = new Map<string, Set<string>>();
  readonly #open = new Set<string>();
  readonly #below: Meetings<P> | undefined;

  /** Meets the parties below as well, and adds none there. */
  constructor(below?: Meetings<P>) {
    this.#below = below;
  }

  /** Whether nobody is here, not counting who is below. */
  get isEmpty(): boolean {
    return this.#parties.size === 0;
  }

  /** Adds a party, and judges it and those that it meets, each by the other. */
  meet(party: P, judge: (offender: P, victim: P) => void): void {
    const known = this.#parties.get(party.key);
    // what is only context is the same every time
    if (known !== undefined && !party.isTold) return;
    for (const other of this.#whoMeets(party)) {
      if (party.isTold) judge(party, other);
      if (other.isTold) judge(other, party);
    }
    this.#parties.set(party.key, party);
    if (party.exact === undefined) this.#open.add(party.key);
    else this.#exact.set(party.exact, (this.#exact.get(party.exact) ?? new Set()).add(party.key));
  }

  #whoMeets(party: P): readonly P[] {
    const { key, exact } = party;
    const keys = exact === undefined ? this.#parties.keys() : [...(this.#exact.get(exact) ?? []), ...this.#open];
    const here = [...keys].flatMap((each) => (each === key ? [] : (this.#parties.get(each) ?? [])));
    // who is here as well is so with more that is known
    const below = this.#below === undefined ? [] : this.#below.#whoMeets(party);
    return [...here, ...below.filter((each) => !this.#parties.has(each.key))];
  }
}

/** What the program's resources hold of one fleet, besides plain claims. */
interface Holdings {
  readonly places: HeldPlaces;
  readonly meetings: Map<string, Meetings<Party>>;
}

const holdingsOf: (claims: Claims) => Holdings = memoize(({ below }: Claims) => ({
  places: new HeldPlaces(below && holdingsOf(below).places),
  meetings: new Map(),
}));

/** Whether a layer of claims holds anything of its own. */
export function holdsNothing(claims: Claims): boolean {
  const { places, meetings } = holdingsOf(claims);
  return places.isEmpty && [...meetings.values()].every((each) => each.isEmpty);
}

/** The places that resources of the program own and touch. */
export function heldPlacesOf(context: CheckContext): HeldPlaces {
  return holdingsOf(context.claims).places;
}

/** The meetings of one sort in one fleet. */
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
