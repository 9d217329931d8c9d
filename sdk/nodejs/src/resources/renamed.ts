import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Claim, Verdict } from "./claim.js";
import { typeOf } from "./former-urns.js";

/**
 * Returns the findings that reject a resource's objects: of findings with one cause, such as a cluster's new name, only
 * the first, with the number of the others and the facts about the change.
 */
export function gathered(claims: readonly Claim[], verdicts: readonly Verdict[]): readonly Diagnostic[] {
  const clusters = new Set(claims.map(({ connection }) => connection.cluster));
  const groups = new Map<string, Diagnostic[]>();
  verdicts.forEach(({ refused }, index) => {
    const claim = claims[index];
    if (refused === undefined || claim === undefined) return;
    const found = refused.code === "MW0543" ? withFormer(refused, claim, clusters) : refused;
    const { former = "", owner = "" } = found.facts as { readonly former?: string; readonly owner?: string };
    // other codes don't report a count
    const isGrouped = found.code === "MW0543" || found.code === "MW0541";
    const key = isGrouped ? [found.code, claim.connection.cluster, former, owner].join(" ") : String(index);
    const group = groups.get(key) ?? [];
    group.push(found);
    groups.set(key, group);
  });
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [others.length === 0 ? first : withFacts(first, groupFacts([first, ...others]))],
  );
}

/** Returns the facts of a grouped finding: the number of the others, and the `adopt` entries of all. */
function groupFacts(group: readonly Diagnostic[]): object {
  const facts = group.map((each) => each.facts as { readonly snippet?: string; readonly urn?: string });
  const snippet = facts.flatMap((each) => each.snippet ?? []).join(", ");
  return { others: group.length - 1, snippet, urns: facts.flatMap(({ urn }) => urn ?? []) };
}

/** Adds the cluster's former name, if the URNs differ only in that. */
function withFormer(refused: Diagnostic, claim: Claim, clusters: ReadonlySet<string>): Diagnostic {
  const { urn = "", own = "" } = refused.facts as { readonly urn?: string; readonly own?: string };
  const former = formerCluster(claim, urn);
  if (former === undefined) return sameName(urn, own) ? withFacts(refused, { isMoved: true }) : refused;
  return withFacts(refused, { former, isFormerKept: clusters.has(former) });
}

/** Returns the name of another cluster in a URN of the same object. */
function formerCluster({ subject, object, connection }: Claim, urn: string): string | undefined {
  const [start, end] = [`${subject.name}-`, `-${object.kind}-${object.metadata.name}`];
  const name = nameIn(urn);
  if (!urn.includes(typeOf(object)) || !name.startsWith(start) || !name.endsWith(end)) return undefined;
  const former = name.slice(start.length, -end.length);
  return former === "" || former === connection.cluster ? undefined : former;
}

function sameName(urn: string, own: string): boolean {
  return nameIn(urn) === nameIn(own);
}

function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

function withFacts(found: Diagnostic, more: object): Diagnostic {
  return { ...found, facts: { ...found.facts, ...more } };
}
