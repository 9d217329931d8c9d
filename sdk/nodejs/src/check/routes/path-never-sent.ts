import type { FactsOf, Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { normalizePath } from "../../model/normalize-path.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";
import { type Automaton, canBe, canEndWith, canStartWith } from "../sent-texts/automaton.js";
import { normalizedPath } from "../sent-texts/normalized-path.js";
import { percentEncoded } from "../sent-texts/percent-encoded.js";

export const pathNeverSent: Rule = {
  name: "path-never-sent",
  codes: ["MW0216", "MW0217"],
  description: "Conditions on paths hold for a path that Envoy has normalized.",
  check(context) {
    for (const { subject, value } of inFocus(context, "RouteTable"))
      value.http.forEach(({ matchers, action }, index) => {
        matchers.forEach(({ uri }, i) => {
          if (uri === undefined || isDeferred(uri.value)) return;
          const path = ["http", index, "matchers", i, "uri", uri.kind];
          if (uri.kind === "regex") reportRegex({ context, subject, path }, uri.value);
          else reportText({ context, subject, path }, uri.kind, uri.value);
        });
        if (action.kind !== "forward" || action.path?.kind !== "regex" || isDeferred(action.path.pattern)) return;
        reportRewrite({ context, subject, path: ["http", index, "forwardTo", "regexRewrite"] }, action.path.pattern);
      });
    for (const { subject, value } of inFocus(context, "AccessPolicy"))
      value.authorizations.forEach(({ allowedPaths = [] }, index) => {
        allowedPaths.forEach((pattern, i) => {
          const path = ["authzList", index, "allowedPaths", i];
          if (!isDeferred(pattern)) reportPattern({ context, subject, path }, pattern);
        });
      });
  },
};

interface ConditionPlace {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly path: Path;
}

type Kind = FactsOf<"MW0216">["kind"];

const CAN: Readonly<Record<Kind, (automaton: Automaton, text: string) => boolean>> = {
  exact: canBe,
  prefix: canStartWith,
  suffix: canEndWith,
};

function reportText({ context, subject, path }: ConditionPlace, kind: Kind, found: string): void {
  // half a character is an error already
  if (CAN[kind](normalizedPath, found) || /\p{Cs}/u.test(found)) return;
  const instead = kind === "suffix" ? undefined : normalizePath(withEscapes(found));
  const isOther = instead !== undefined && instead !== found && CAN[kind](normalizedPath, instead);
  context.findings.add("MW0216", subject, path, { found, kind, ...(isOther && { instead }) });
}

/** A path of an access policy may have a `*` at one end. */
function reportPattern(place: ConditionPlace, pattern: string): void {
  if (!pattern.includes("*")) reportText(place, "exact", pattern);
  else if (pattern.endsWith("*")) reportText(place, "prefix", pattern.slice(0, -1));
  else reportText(place, "suffix", pattern.slice(1));
}

/** Escapes what no request line may hold. */
function withEscapes(path: string): string {
  return path.replace(/[^\0-\x7f]+/gu, percentEncoded);
}

/** Expressions that always match some path. Most are such, and compiling is slow. */
const PLAIN = /^\^?\/(?:[\w/.*+?()|:$-]|\[\^?[\w/-]+\]|\\[dw]|\\\.(?=\w)|\{\d+(?:,\d*)?\})*$/;

function reportRegex({ context, subject, path }: ConditionPlace, pattern: string): void {
  if (PLAIN.test(pattern)) return;
  const compiled = context.compileRegex(pattern);
  if ("reason" in compiled || compiled.meets(normalizedPath)) return;
  context.findings.add("MW0217", subject, path, { pattern, needs: needsOf(pattern, compiled.meets), use: "matcher" });
}

/** A rewrite replaces each part of the path that its expression matches. */
function reportRewrite({ context, subject, path }: ConditionPlace, pattern: string): void {
  if (PLAIN.test(pattern) || "reason" in context.compileRegex(pattern)) return;
  const around = context.compileRegex(`(?s:.*)(?:${pattern})(?s:.*)`);
  if ("reason" in around || around.meets(normalizedPath)) return;
  const facts = { pattern, needs: needsOf(pattern, around.meets), use: "rewrite" } as const;
  context.findings.add("MW0217", subject, [...path, "pattern", "regex"], facts);
}

/** Returns the reason why an expression matches no path: it would match if paths were different. */
function needsOf(pattern: string, meets: (texts: Automaton) => boolean): FactsOf<"MW0217">["needs"] {
  if (meets(withoutSlash)) return "no slash";
  return /\\\?|\[[^\]]*\?/.test(pattern) && meets(withQuery) ? "query" : "other";
}

/** Normalized paths without their first slash. */
const withoutSlash: Automaton = { ...normalizedPath, start: normalizedPath.step(normalizedPath.start, "/") ?? 0 };

/** No state of normalized paths. */
const QUERY = 1000;

/** Normalized paths with their query. */
const withQuery: Automaton = {
  ...normalizedPath,
  step: (state, character) => (state === QUERY || character === "?" ? QUERY : normalizedPath.step(state, character)),
  accepts: (state) => state === QUERY || normalizedPath.accepts(state),
};
