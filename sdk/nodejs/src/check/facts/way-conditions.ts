import { combineMatchers } from "../../model/combine-matchers.js";
import type { Conflict } from "../../model/conflicts.js";
import type { DelegationStep } from "../../model/delegation.js";
import type { Matcher } from "../../model/match.js";

/** A matcher of the last route of a way, with the conditions of the routes before it. */
export interface WayMatcher {
  readonly matcher: Matcher;
  /** Its index in the last route; absent if that route has no matchers. */
  readonly origin?: number;
}

/** The earliest route of a way that does not fit those before it. */
export interface Misfit {
  /** The way, up to that route. */
  readonly steps: readonly DelegationStep[];
  readonly conflict: Conflict;
  readonly matcher?: number;
}

type Pair = WayMatcher & { readonly conflict?: Conflict };

/** Returns the conditions of the last of these routes together with those of the routes before it. */
export function conditionsOfWay(steps: readonly DelegationStep[]): readonly WayMatcher[] {
  return steps.reduce<readonly WayMatcher[]>((all, step) => fitting(pairsOf(all, step)), []);
}

/** Finds the earliest route of a way that contradicts those before it, or can't be combined with them. */
export function firstMisfit(steps: readonly DelegationStep[], kind: Conflict["kind"]): Misfit | undefined {
  let matchers: readonly WayMatcher[] = [];
  for (const [at, step] of steps.entries()) {
    const pairs = pairsOf(matchers, step);
    const found = pairs.find(({ conflict }) => conflict?.kind === kind);
    matchers = fitting(pairs);
    // a contradiction leaves nothing only if all matchers contradict
    const isLost = matchers.length === 0 && pairs.length > 0;
    if (found?.conflict !== undefined && (isLost || kind === "inexpressible")) {
      const { conflict, origin } = found;
      const matcher = kind === "contradiction" || origin === undefined ? {} : { matcher: origin };
      return { steps: steps.slice(0, at + 1), conflict, ...matcher };
    }
    if (isLost) return undefined;
  }
  return undefined;
}

function pairsOf(before: readonly WayMatcher[], { value, index }: DelegationStep): readonly Pair[] {
  const own = value.http[index]?.matchers ?? [];
  if (own.length === 0) return before.map(({ matcher }) => ({ matcher }));
  if (before.length === 0) return own.map((matcher, origin) => ({ matcher, origin }));
  return before.flatMap((parent) =>
    own.map((child, origin) => ({ ...combineMatchers(parent.matcher, child), origin })),
  );
}

function fitting(pairs: readonly Pair[]): readonly WayMatcher[] {
  return pairs.filter(({ conflict }) => conflict === undefined);
}
