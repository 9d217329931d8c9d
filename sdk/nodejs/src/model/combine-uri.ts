import type { Conflicts } from "./conflicts.js";
import { derive, type Leaf } from "./deferred.js";
import { literalExpression } from "./literal-expression.js";
import type { UriMatch } from "./match.js";

/** Istio's webhook rejects longer expressions. */
const LONGEST_REGEX = 1024;

/**
 * Returns the path condition of a route below a delegating route.
 *
 * The path of the other table follows the prefix: `/shop` and `/cart` give `/shop/cart`, a trailing and a leading slash
 * merge into one, and the prefix `/` adds nothing. An exact path or an expression on the delegating route leaves no
 * rest, so both conditions apply to the whole path. The kind of the result depends only on the kinds of both, because
 * their values may not be known yet.
 */
export function combineUri(
  parent: UriMatch | undefined,
  child: UriMatch | undefined,
  conflicts: Conflicts,
): UriMatch | undefined {
  if (parent === undefined || child === undefined) return parent ?? child;
  switch (parent.kind) {
    case "prefix":
      return child.kind === "regex"
        ? underPrefix(parent, child, conflicts)
        : {
            kind: child.kind,
            value: derive([parent.value, child.value], () => joined(parent.value, child)),
            ignoreCase: commonCase(parent, child, conflicts),
          };
    case "exact":
      return ofExact(parent, child, conflicts);
    case "regex":
      conflicts.decide([child.value], () =>
        isEverything(child) || (child.kind === "regex" && child.value === parent.value)
          ? undefined
          : { kind: "inexpressible", ...both(parent, child) },
      );
      return parent;
  }
}

function isEverything({ kind, value }: UriMatch): boolean {
  return kind === "prefix" && value === "/";
}

/** Joins a prefix and the path below it. */
function joined(prefix: string, child: UriMatch): string {
  return isEverything(child) ? prefix : prefix.replace(/\/$/, "") + child.value;
}

/** Returns whether both ignore case; a value without letters fits either. */
function commonCase(parent: UriMatch, child: UriMatch, conflicts: Conflicts): Leaf<boolean> {
  if (parent.ignoreCase === child.ignoreCase) return child.ignoreCase;
  const sources = [parent.value, parent.ignoreCase, child.value, child.ignoreCase];
  conflicts.decide(sources, () =>
    hasLetters(parent) && hasLetters(child) ? { kind: "inexpressible", ...both(parent, child) } : undefined,
  );
  return derive(sources, () => (hasLetters(parent) ? parent : child).ignoreCase === true);
}

function hasLetters({ value }: UriMatch): boolean {
  return /[A-Za-z]/.test(value);
}

/** Returns an expression for a path below a prefix. */
function underPrefix(parent: UriMatch, child: UriMatch, conflicts: Conflicts): UriMatch {
  const sources = [parent.value, parent.ignoreCase, child.value];
  const value = derive(sources, () => concatenated(parent, child.value));
  conflicts.decide(sources, () => {
    if (parent.value === "/") return undefined;
    const isLost = parent.value.endsWith("/") && !/^\^?\//.test(child.value);
    const fits = !isLost && !hasAnchor(child.value) && Buffer.byteLength(value) <= LONGEST_REGEX;
    return fits ? undefined : { kind: "inexpressible", ...both(parent, child) };
  });
  return { kind: "regex", value, ignoreCase: false };
}

function concatenated({ value, ignoreCase }: UriMatch, regex: string): string {
  if (value === "/") return regex;
  const quoted = literalExpression(value.replace(/\/$/, ""));
  // an expression must match the whole path, so a leading anchor is redundant
  const rest = regex.replace(/^\^/, "");
  return `${ignoreCase === true ? `(?i:${quoted})` : quoted}${rest.includes("|") ? `(?:${rest})` : rest}`;
}

/**
 * True if an expression has a start-of-path anchor other than at its beginning, which would be wrong below a prefix.
 */
function hasAnchor(regex: string): boolean {
  const bare = regex.replace(/^\^/, "").replace(/\\[^A]/gsu, "");
  return bare.includes("\\A") || bare.replace(/\[\^?\]?[^\]]*\]/g, "").includes("^");
}

/** Compares with the only path that the delegating route matches. */
function ofExact(parent: UriMatch, child: UriMatch, conflicts: Conflicts): UriMatch {
  const sources = [parent.value, parent.ignoreCase, child.value, child.ignoreCase];
  conflicts.decide(sources, () => {
    if (isEverything(child)) return undefined;
    if (child.kind === "regex") return { kind: "inexpressible", ...both(parent, child) };
    const [whole, wanted] =
      parent.ignoreCase === true || child.ignoreCase === true
        ? [parent.value.toLowerCase(), child.value.toLowerCase()]
        : [parent.value, child.value];
    if (child.kind === "exact" ? whole !== wanted : !whole.startsWith(wanted))
      return { kind: "contradiction", ...both(parent, child) };
    // only some spellings of the path match the child's prefix
    const isMixed = child.kind === "prefix" && parent.ignoreCase === true && child.ignoreCase !== true;
    return isMixed && hasLetters(child) ? { kind: "inexpressible", ...both(parent, child) } : undefined;
  });
  if (child.kind !== "exact") return parent;
  return {
    kind: "exact",
    value: derive(sources, () => (parent.ignoreCase === true ? child : parent).value),
    ignoreCase: derive(sources, () => parent.ignoreCase === true && child.ignoreCase === true),
  };
}

function both(parent: UriMatch, child: UriMatch) {
  return { on: "path", parent: describe(parent), child: describe(child) };
}

function describe({ kind, value, ignoreCase }: UriMatch): string {
  return `${kind} ${value}${ignoreCase === true ? " in any case" : ""}`;
}
