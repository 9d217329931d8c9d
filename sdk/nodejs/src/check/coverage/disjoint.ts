import { isDeferred } from "../../model/deferred.js";
import type { Matcher } from "../../model/match.js";
import { folded, type PathSet, pathSetOf } from "./path.js";

/**
 * True if certainly no request meets both matchers. Ignores conditions on headers, because a header may be repeated.
 */
export function areDisjoint(one: Matcher, other: Matcher): boolean {
  const differ = (a: unknown, b: unknown): boolean =>
    a !== undefined && b !== undefined && a !== b && !isDeferred(a) && !isDeferred(b);
  return (
    differ(one.method, other.method) ||
    differ(one.port, other.port) ||
    arePathsDisjoint(pathSetOf(one.uri), pathSetOf(other.uri))
  );
}

function arePathsDisjoint(one: PathSet, other: PathSet): boolean {
  const [a, b] = [beginningOf(one), beginningOf(other)];
  if (a === undefined || b === undefined) return false;
  const startsWith = (text: string, head: string): boolean => folded(text).startsWith(folded(head));
  if (a.isWhole && b.isWhole) return folded(a.text) !== folded(b.text);
  if (a.isWhole) return !startsWith(a.text, b.text);
  if (b.isWhole) return !startsWith(b.text, a.text);
  return !startsWith(a.text, b.text) && !startsWith(b.text, a.text);
}

/** The text with which all paths of a set begin, or which is the whole path. */
function beginningOf(set: PathSet): { readonly text: string; readonly isWhole: boolean } | undefined {
  if (set.kind === "any" || set.kind === "unknown") return undefined;
  return { text: set.kind === "regex" ? set.head : set.text, isWhole: set.kind === "exact" };
}
