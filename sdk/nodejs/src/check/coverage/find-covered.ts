import type { Matcher } from "../../model/match.js";
import type { Route } from "../../model/route.js";
import { type RegexCompiler, regexCompiler } from "../regex.js";
import { matcherConditionsOf } from "./conditions.js";
import { pathSetOf } from "./path.js";
import { PathIndex } from "./path-index.js";

/** The position of a matcher in a table. */
export interface MatcherPlace {
  readonly route: number;
  readonly matcher: number;
}

/** For each matcher of each route, an earlier matcher that matches all of its requests. */
export interface Coverage {
  readonly covers: readonly (readonly (MatcherPlace | undefined)[])[];
  /** The cost of the search; linear in the number of matchers. */
  readonly steps: number;
}

/** A route to judge. */
export interface Candidate extends Pick<Route, "matchers"> {
  /** True if it covers nothing: it is only asked whether earlier routes cover it. */
  readonly isProbe?: boolean;
}

/** A route without matchers matches every request. */
export const EVERYTHING: readonly Matcher[] = [{ headers: [], queryParameters: [] }];

/**
 * Finds matchers that a single earlier one covers. Reports only certain cases, and none that only several earlier
 * matchers together cover.
 *
 * Runs in time linear in the number of matchers: earlier matchers are looked up by path prefix and conditions (at most
 * 63 steps, see `ConditionIndex`), and regular expressions are tried on exact paths at most 10,000 times per table,
 * each only on paths with its literal prefix.
 */
export function findCovered(routes: readonly Candidate[], compileRegex: RegexCompiler = regexCompiler()): Coverage {
  const index = new PathIndex<MatcherPlace>(compileRegex);
  const covers = routes.map(({ matchers, isProbe }, route) =>
    (matchers.length > 0 ? matchers : EVERYTHING).map((found, matcher) => {
      const path = pathSetOf(found.uri);
      const { own, implied } = matcherConditionsOf(found);
      const by = index.find(path, implied);
      // a covered matcher covers nothing that its own cover does not
      if (by === undefined && own !== undefined && isProbe !== true) index.add(path, own, { route, matcher });
      return by;
    }),
  );
  return { covers, steps: index.steps };
}
