import type { Path } from "../diagnostics/diagnostic.js";
import type { Placed } from "./definition.js";
import type { Matcher, ValueMatch } from "./match.js";
import type { Route } from "./route.js";

/** Returns the regular expressions of a route: those in its matchers and its rewrite. */
export function routePatterns(route: Route, index: number): readonly Placed<string>[] {
  const found = route.matchers.flatMap((matcher, i) => matcherPatterns(matcher, ["http", index, "matchers", i]));
  const { action } = route;
  if (action.kind === "forward" && action.path?.kind === "regex") {
    found.push({ value: action.path.pattern, path: ["http", index, "forwardTo", "regexRewrite", "pattern", "regex"] });
  }
  return found;
}

function matcherPatterns(matcher: Matcher, path: Path): Placed<string>[] {
  // most matchers have none and need no paths
  if (matcher.uri?.kind !== "regex" && !matcher.headers.some(isRegex) && !matcher.queryParameters.some(isRegex))
    return [];
  const uri = matcher.uri?.kind === "regex" ? [{ value: matcher.uri.value, path: [...path, "uri", "regex"] }] : [];
  return [
    ...uri,
    ...valuePatterns(matcher.headers, [...path, "headers"]),
    ...valuePatterns(matcher.queryParameters, [...path, "queryParameters"]),
  ];
}

function isRegex({ match }: { readonly match: ValueMatch }): boolean {
  return match.kind === "regex";
}

/** Returns the regular expressions among conditions on values. */
export function valuePatterns(conditions: readonly { readonly match: ValueMatch }[], path: Path): Placed<string>[] {
  return conditions.flatMap(({ match }, index) =>
    match.kind === "regex" ? [{ value: match.value, path: [...path, index, "value"] }] : [],
  );
}
