import { deferredNumbers } from "./deferred.js";
import type { Route } from "./route.js";

const KINDS = { prefix: 1, regex: 2, exact: 3 } as const;

/** Ranks paths by specificity: exact paths, then expressions, then prefixes; the longer exact path or prefix first. */
function rankOf(route: Pick<Route, "matchers">): readonly [kind: number, length: number] {
  // no condition on the path equals the prefix of everything
  let best: readonly [number, number] = [KINDS.prefix, 1];
  for (const { uri } of route.matchers) {
    if (uri === undefined) continue;
    const rank = [KINDS[uri.kind], uri.kind === "regex" ? 0 : uri.value.length] as const;
    if (compare(rank, best) > 0) best = rank;
  }
  return best;
}

function compare(
  [kind, length]: readonly [number, number],
  [otherKind, otherLength]: readonly [number, number],
): number {
  return kind - otherKind || length - otherLength;
}

/** Sorts routes by their most specific path; ties keep their order. */
export function bySpecificity<T extends Pick<Route, "matchers">>(routes: readonly T[]): readonly T[] {
  return routes
    .map((route) => ({ route, rank: rankOf(route) }))
    .sort((a, b) => compare(b.rank, a.rank))
    .map(({ route }) => route);
}

/** Returns the numbers of the leaves that decide the order. */
export function undecidedOrder(routes: readonly Pick<Route, "matchers">[]): readonly number[] {
  return routes.flatMap(({ matchers }) =>
    matchers.flatMap(({ uri }) => (uri === undefined || uri.kind === "regex" ? [] : deferredNumbers(uri.value))),
  );
}
