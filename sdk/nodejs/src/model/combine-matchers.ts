import { type ClaimMatcher, claimText } from "./claim-match.js";
import { combineUri } from "./combine-uri.js";
import { type Conflict, Conflicts } from "./conflicts.js";
import type { Leaf } from "./deferred.js";
import type { HeaderMatcher, Matcher, ValueMatch } from "./match.js";

/** A matcher for the requests that two matchers both match. */
export interface Combined {
  readonly matcher: Matcher;
  /** The reason why the matcher falls short of that; absent if it does not, or until known. */
  readonly conflict?: Conflict;
  /** The numbers of the leaves that decide whether there is a conflict. */
  readonly undecided: readonly number[];
}

/** Combines the conditions of a delegating route and of a route it delegates to: all of them must hold. */
export function combineMatchers(parent: Matcher, child: Matcher): Combined {
  const conflicts = new Conflicts();
  const uri = combineUri(parent.uri, child.uri, conflicts);
  const method = same("method", parent.method, child.method, conflicts);
  const port = same("port", parent.port, child.port, conflicts);
  for (const { name, invert, match } of parent.headers) {
    for (const other of child.headers) {
      if (other.name !== name || other.invert === invert) continue;
      const [must, mustNot] = invert ? [other.match, match] : [match, other.match];
      exclude(`header ${name}`, must, mustNot, conflicts);
    }
  }
  const claims = bothClaims(parent.claims, child.claims, conflicts);
  const matcher: Matcher = {
    ...(uri && { uri }),
    headers: union(parent.headers, child.headers, "header", conflicts),
    queryParameters: union(parent.queryParameters, child.queryParameters, "parameter", conflicts),
    ...(claims !== undefined && { claims }),
    ...(method !== undefined && { method }),
    ...(port !== undefined && { port }),
  };
  const { found, undecided } = conflicts;
  // unknown values may turn out to contradict each other, which leaves nothing to express
  const isCertain = found?.kind === "contradiction" || undecided.length === 0;
  return { matcher, undecided, ...(found && isCertain && { conflict: found }) };
}

/** The conditions of both on claims: of one claim, the values that both take. */
function bothClaims(
  parents: Matcher["claims"],
  children: Matcher["claims"],
  conflicts: Conflicts,
): Matcher["claims"] | undefined {
  if (parents === undefined || children === undefined) return children ?? parents;
  const byName = new Map(parents.map((each) => [claimText(each), each]));
  for (const child of children) {
    const name = claimText(child);
    const parent = byName.get(name);
    byName.set(name, parent === undefined ? child : { ...child, values: commonValues(name, parent, child, conflicts) });
  }
  return [...byName.values()];
}

/** The values of the narrower of two conditions. Where neither is narrower, a list may still meet both. */
function commonValues(
  name: string,
  { values: parent }: ClaimMatcher,
  { values: child }: ClaimMatcher,
  conflicts: Conflicts,
): readonly string[] {
  const isWithin = (some: readonly string[], all: readonly string[]): boolean =>
    some.every((each) => all.includes(each));
  conflicts.decide([...parent, ...child], () => {
    if (isWithin(child, parent) || isWithin(parent, child)) return undefined;
    const texts = { parent: parent.join(" or "), child: child.join(" or ") };
    return { kind: "inexpressible", on: `claim ${name}`, ...texts };
  });
  return isWithin(parent, child) ? parent : child;
}

function same<T extends Leaf<string | number>>(
  on: string,
  parent: T | undefined,
  child: T | undefined,
  conflicts: Conflicts,
): T | undefined {
  if (parent === undefined || child === undefined || parent === child) return child ?? parent;
  conflicts.decide([parent, child], () => ({
    kind: "contradiction",
    on,
    parent: String(parent),
    child: String(child),
  }));
  return child;
}

type Condition = Pick<HeaderMatcher, "name" | "match"> & { readonly invert?: boolean };

/** Merges both sets of conditions; those on the same name become one, because Istio holds one of each kind. */
function union<T extends Condition>(
  parents: readonly T[],
  children: readonly T[],
  what: string,
  conflicts: Conflicts,
): readonly T[] {
  if (parents.length === 0 || children.length === 0) return parents.length === 0 ? children : parents;
  const keyOf = ({ name, invert }: T): string => `${invert === true} ${name}`;
  const byKey = new Map(parents.map((each) => [keyOf(each), each]));
  for (const child of children) {
    const parent = byKey.get(keyOf(child));
    const match =
      parent === undefined
        ? child.match
        : narrower(`${what} ${child.name}`, parent.match, child.match, child.invert === true, conflicts);
    byKey.set(keyOf(child), { ...child, match });
  }
  return [...byKey.values()];
}

/** Returns one condition for two on the same name. */
function narrower(
  on: string,
  parent: ValueMatch,
  child: ValueMatch,
  isInverted: boolean,
  conflicts: Conflicts,
): ValueMatch {
  // presence is the weakest condition, absence the strongest
  if (parent.kind === "present") return isInverted ? parent : child;
  if (child.kind === "present") return isInverted ? child : parent;
  if (parent.kind === child.kind && parent.value === child.value) return child;
  const isExact = parent.kind === "exact" && child.kind === "exact";
  conflicts.decide([parent.value, child.value], () => {
    if (parent.kind === child.kind && parent.value === child.value) return undefined;
    return {
      kind: isExact && !isInverted ? "contradiction" : "inexpressible",
      on,
      parent: describe(parent, isInverted),
      child: describe(child, isInverted),
    };
  });
  return parent.kind === "exact" ? parent : child;
}

/** Reports a contradiction if a condition that must hold implies one that must not. */
function exclude(on: string, must: ValueMatch, mustNot: ValueMatch, conflicts: Conflicts): void {
  const texts = { on, parent: describe(must, false), child: describe(mustNot, true) };
  if (mustNot.kind === "present") conflicts.add({ kind: "contradiction", ...texts });
  if (mustNot.kind === "present" || must.kind !== mustNot.kind) return;
  conflicts.decide([must.value, mustNot.value], () =>
    must.value === mustNot.value ? { kind: "contradiction", ...texts } : undefined,
  );
}

function describe(match: ValueMatch, isInverted: boolean): string {
  if (match.kind === "present") return isInverted ? "absent" : "present";
  return `${isInverted ? "not " : ""}${match.kind === "regex" ? `a match of ${match.value}` : match.value}`;
}
