import type { Conflicts } from "./conflicts.js";
import { derive, type Leaf } from "./deferred.js";
import type { UriMatch } from "./match.js";

/** Istio's webhook refuses longer expressions. */
const LONGEST_REGEX = 1024;

/**
 * The condition on the path under a delegating route.
 *
 * What follows a prefix is the path of the other table: `/shop` and `/cart` give `/shop/cart`, of a final and an initial slash one is kept, and the prefix `/` adds
 * nothing. Where the delegating route has an exact path or an expression there is no rest, and both conditions are about the whole path. The kind of the result
 * depends on the kinds of the two only, because their values may not be known yet.
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

/** A prefix and what follows it. */
function joined(prefix: string, child: UriMatch): string {
  return isEverything(child) ? prefix : prefix.replace(/\/$/, "") + child.value;
}

/** Whether the case of letters counts in both, or in neither; what has no letters does not mind. */
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

/** An expression for what follows a prefix. */
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
  const quoted = value.replace(/\/$/, "").replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
  // an expression is compared with all of a path, so that an anchor at its beginning says nothing
  const rest = regex.replace(/^\^/, "");
  return `${ignoreCase === true ? `(?i:${quoted})` : quoted}${rest.includes("|") ? `(?:${rest})` : rest}`;
}

/** Whether an expression asks, besides at its beginning, for the beginning of the path, which a prefix takes away. */
function hasAnchor(regex: string): boolean {
  const bare = regex.replace(/^\^/, "").replace(/\\[^A]/gsu, "");
  return bare.includes("\\A") || bare.replace(/\[\^?\]?[^\]]*\]/g, "").includes("^");
}

/** The delegating route takes one path only, which the other one takes too or not. */
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
    // some spellings of the path begin as the child wants it
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
