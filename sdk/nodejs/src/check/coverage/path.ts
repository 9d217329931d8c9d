import { isDeferred } from "../../model/deferred.js";
import type { UriMatch } from "../../model/match.js";

/** The certain facts about the paths that a matcher matches; `fold` ignores case. */
export type PathSet =
  | { readonly kind: "any" }
  /** Not known yet. */
  | { readonly kind: "unknown" }
  | { readonly kind: "exact" | "prefix"; readonly text: string; readonly fold: boolean }
  /** `head` is the literal prefix of every path that the expression matches. */
  | { readonly kind: "regex"; readonly text: string; readonly head: string };

/** Returns the paths that a condition matches. Expressions that only mean "exact" or "prefix" count as such. */
export function pathSetOf(uri: UriMatch | undefined): PathSet {
  if (uri === undefined) return { kind: "any" };
  const { kind, value, ignoreCase } = uri;
  if (isDeferred(value)) return { kind: "unknown" };
  if (kind === "regex") return regexSet(value);
  if (kind === "prefix" && value === "/") return { kind: "any" };
  if (isDeferred(ignoreCase)) return { kind: "unknown" };
  return { kind, text: ignoreCase ? folded(value) : value, fold: ignoreCase };
}

function regexSet(text: string): PathSet {
  const head = literalHead(text);
  const rest = text.slice(head.length);
  if (rest === ".*") return head === "" || head === "/" ? { kind: "any" } : { kind: "prefix", text: head, fold: false };
  return rest === "" ? { kind: "exact", text, fold: false } : { kind: "regex", text, head };
}

/** The literal prefix of an expression: leading plain characters that match themselves regardless of what follows. */
export function literalHead(regex: string): string {
  if (hasTopLevelChoice(regex)) return "";
  const head = /^[\w/-]*/.exec(regex)?.[0] ?? "";
  // a quantifier after the run belongs to its last character
  return /^[*+?{]/.test(regex.slice(head.length)) ? head.slice(0, -1) : head;
}

/**
 * True if an expression may have a `|` outside of groups; inside a group it leaves the text before the group untouched.
 */
function hasTopLevelChoice(regex: string): boolean {
  if (!regex.includes("|")) return false;
  // quoted text and nested classes are rare, so they count as alternation
  if (regex.includes("\\Q") || regex.includes("[:") || regex.includes("[]") || regex.includes("[^]")) return true;
  const bare = regex.replace(/\\./gsu, "").replace(/\[[^\]]*\]/g, "");
  let depth = 0;
  for (const character of bare) {
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "|" && depth === 0) return true;
  }
  return false;
}

/** Folds to lower case as Envoy compares without case: ASCII only. */
export function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
