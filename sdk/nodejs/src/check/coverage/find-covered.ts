import type { Matcher } from "../../model/match.js";
import type { Route } from "../../model/route.js";
import { type RegexCompiler, regexCompiler } from "../regex.js";
import { matcherConditionsOf } from "./conditions.js";
import { pathSetOf } from "./path.js";
import { PathIndex } from "./path-index.js";

/** The place of a matcher in a table. */
export interface MatcherPlace {
  readonly route: number;
  readonly matcher: number;
}

/** For each route, for each of its matchers, an earlier matcher that takes all of its requests. */
export interface Coverage {
  readonly covers: readonly (readonly (MatcherPlace | undefined)[])[];
  /** What the search cost; grows in step with the number of matchers. */
  readonly steps: number;
}

/** A route without matchers takes every request. */
const EVERYTHING: readonly Matcher[] = [{ headers: [], queryParameters: [] }];

/**
 * Finds matchers that an earlier one covers alone. It reports only what is certain; what several earlier matchers cover together is not found.
 *
 * Time grows in step with the number of matchers: earlier matchers are looked up by the beginnings of a path and by their conditions (at most
 * 63 steps, see `ConditionIndex`), and expressions are tried on exact paths at most 10,000 times per table, each only on paths that begin as it does.
 */
export function findCovered(routes: readonly Route[], compileRegex: RegexCompiler = regexCompiler()): Coverage {
  const index = new PathIndex<MatcherPlace>(compileRegex);
  const covers = routes.map(({ matchers }, route) =>
    (matchers.length > 0 ? matchers : EVERYTHING).map((found, matcher) => {
      const path = pathSetOf(found.uri);
      const { own, implied } = matcherConditionsOf(found);
      const by = index.find(path, implied);
      // what is covered covers nothing that its own cover does not
      if (by === undefined && own !== undefined) index.add(path, own, { route, matcher });
      return by;
    }),
  );
  return { covers, steps: index.steps };
}
