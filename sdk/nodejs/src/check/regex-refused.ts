import type { Path, Subject } from "../diagnostics/diagnostic.js";
import type { AccessLogFilter } from "../model/access-log-policy.js";
import { isDeferred } from "../model/deferred.js";
import type { Matcher, ValueMatch } from "../model/match.js";
import type { GlobalRateLimit } from "../model/rate-limit-policy.js";
import type { Route } from "../model/route-table.js";
import type { TextMatch } from "../model/text-match.js";
import type { TransformationPolicy } from "../model/transformation-policy.js";
import { escapeBeyondLatin1 } from "./regex.js";
import { type CheckContext, inFocus, type Placed, type Rule } from "./rule.js";

/** Istio's webhook refuses longer expressions; those of paths are measured while they are parsed. */
const LONGEST = 1024;

/** Istio's limit is 32,768 (pkg/bootstrap/config.go); the rest is for the prefix that delegation may put in front. */
const LARGEST = 30_000;

export const regexRefused: Rule = {
  name: "regex-refused",
  description: "RE2, the engine of Envoy, accepts every regular expression, as bytes and within Istio's limit.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable"))
      report(context, subject, table.http.flatMap(patternsOf));
    for (const { subject, value } of inFocus(context, "CORSPolicy"))
      report(context, subject, patternsOfTexts(value.allowOrigins, ["allowOrigins"]));
    for (const { subject, value } of inFocus(context, "CSRFPolicy"))
      report(context, subject, patternsOfTexts(value.additionalOrigins, ["additionalOrigins"]));
    for (const { subject, value } of inFocus(context, "TransformationPolicy"))
      report(context, subject, patternsOfExtractors(value));
    for (const { subject, value } of inFocus(context, "AccessLogPolicy"))
      report(context, subject, value.filters.flatMap(patternsOfFilter));
    for (const { subject, value } of inFocus(context, "RateLimitPolicy"))
      report(context, subject, patternsOfActions(value.global?.rateLimits ?? []));
  },
};

function report(context: CheckContext, subject: Subject, patterns: readonly Placed<string>[]): void {
  for (const { value: pattern, path } of patterns) {
    if (isDeferred(pattern)) continue;
    const length = Buffer.byteLength(pattern);
    if (length < 1 || length > LONGEST) {
      context.findings.add("MW0104", subject, path, { found: length, minimum: 1, maximum: LONGEST, unit: "bytes" });
      continue;
    }
    const compiled = context.compileRegex(pattern);
    if ("reason" in compiled) context.findings.add("MW0204", subject, path, { pattern, reason: compiled.reason });
    else refuseInEnvoy(context, { subject, pattern, path, size: compiled.size });
  }
}

interface Accepted {
  readonly subject: Subject;
  readonly pattern: string;
  readonly path: Path;
  readonly size: number | undefined;
}

function refuseInEnvoy(context: CheckContext, { subject, pattern, path, size }: Accepted): void {
  const found = escapeBeyondLatin1(pattern);
  if (found !== undefined) context.findings.add("MW0260", subject, path, { pattern, found });
  if (size !== undefined && size > LARGEST)
    context.findings.add("MW0261", subject, path, { pattern, size, most: LARGEST });
}

function patternsOfExtractors({ extractors }: Pick<TransformationPolicy, "extractors">): readonly Placed<string>[] {
  return Object.entries(extractors).map(([name, { regex: value }]) => ({
    value,
    path: ["request", "extractors", name, "regex"],
  }));
}

function patternsOfTexts(matches: readonly TextMatch[], path: Path): readonly Placed<string>[] {
  return matches.flatMap(({ kind, value }, index) =>
    kind === "regex" ? [{ value, path: [...path, index, "regex"] }] : [],
  );
}

function patternsOfFilter(filter: AccessLogFilter, index: number): readonly Placed<string>[] {
  if (filter.kind !== "header" || filter.header.match.kind !== "regex") return [];
  return [{ value: filter.header.match.value, path: ["filters", index, "headerMatcher", "value"] }];
}

function patternsOfActions(rateLimits: GlobalRateLimit["rateLimits"]): readonly Placed<string>[] {
  return rateLimits.flatMap((actions, limit) =>
    actions.flatMap((action, index) => {
      const path = ["global", "rateLimits", limit, "actions", index, "headerValueMatch", "headers"];
      return action.kind === "headerValueMatch" ? valuesOf(action.headers, path) : [];
    }),
  );
}

function patternsOf(route: Route, index: number): readonly Placed<string>[] {
  const found = route.matchers.flatMap((matcher, i) => patternsOfMatcher(matcher, ["http", index, "matchers", i]));
  const { action } = route;
  if (action.kind === "forward" && action.path?.kind === "regex") {
    found.push({ value: action.path.pattern, path: ["http", index, "forwardTo", "regexRewrite", "pattern", "regex"] });
  }
  return found;
}

function patternsOfMatcher(matcher: Matcher, path: Path): Placed<string>[] {
  // most matchers have none, and their paths need not be made
  if (matcher.uri?.kind !== "regex" && !matcher.headers.some(isRegex) && !matcher.queryParameters.some(isRegex))
    return [];
  const uri = matcher.uri?.kind === "regex" ? [{ value: matcher.uri.value, path: [...path, "uri", "regex"] }] : [];
  return [
    ...uri,
    ...valuesOf(matcher.headers, [...path, "headers"]),
    ...valuesOf(matcher.queryParameters, [...path, "queryParameters"]),
  ];
}

function isRegex({ match }: { readonly match: ValueMatch }): boolean {
  return match.kind === "regex";
}

function valuesOf(conditions: readonly { readonly match: ValueMatch }[], path: Path): Placed<string>[] {
  return conditions.flatMap(({ match }, index) =>
    match.kind === "regex" ? [{ value: match.value, path: [...path, index, "value"] }] : [],
  );
}
