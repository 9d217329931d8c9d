import type { DifferingPolicy } from "../../diagnostics/catalog/claim-routes.js";
import { ROUTE_POLICY_KINDS, type RoutePolicyKind } from "../../kinds/kinds.js";
import { claimText } from "../../model/claim-match.js";
import { isDeferred } from "../../model/deferred.js";
import type { Matcher } from "../../model/match.js";
import { areDisjoint } from "../coverage/disjoint.js";
import { EVERYTHING, findCovered } from "../coverage/find-covered.js";
import { effectivePolicies, type PoliciesByKind } from "../facts/effective-policies.js";
import { effectiveTables, type ReportableTable } from "../facts/effective-tables.js";
import type { CheckContext, Rule } from "../rule.js";

export const routedClaims: Rule = {
  name: "routed-claims",
  codes: ["MW0272", "MW0273", "MW0274", "MW0275", "MW0276"],
  description:
    "Whatever route takes a request before its token is verified has the policies of the route that its claims choose.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const { table } = served;
      if (!table.http.some(({ matchers }) => matchers.some(({ claims }) => claims))) continue;
      if (table.sidecars !== undefined) refuseSidecars(served);
      // which route comes first is not certain
      const isCertain = table.undecided.length === 0 && !table.http.some(({ matchers }) => isUnknown(matchers));
      const perGateway = effectivePolicies(context, table);
      // a mistake on one gateway is not reported again for the next
      const told = new Set<string>();
      for (const policies of perGateway) judge({ context, served, policies, isCertain, told });
    }
  },
};

function isUnknown(matchers: readonly Matcher[]): boolean {
  return isDeferred(JSON.stringify(matchers));
}

function refuseSidecars({ table, report }: ReportableTable): void {
  table.http.forEach(({ name, matchers }, route) => {
    matchers.forEach(({ claims }, matcher) => {
      if (claims) report("MW0275", ["http", route, "matchers", matcher, "claims"], { route: name });
    });
  });
}

/** A table with the policies that one of its gateways has in force. */
interface Judged {
  readonly context: CheckContext;
  readonly served: ReportableTable;
  readonly policies: readonly PoliciesByKind[];
  readonly isCertain: boolean;
  readonly told: Set<string>;
}

function judge(judged: Judged): void {
  const { served, policies, isCertain, told } = judged;
  served.table.http.forEach((route, at) => {
    route.matchers.forEach((content, matcher) => {
      const { claims } = content;
      const path = ["http", at, "matchers", matcher, "claims"];
      const key = `${at} ${matcher}`;
      if (claims === undefined || told.has(key)) return;
      const tell = (report: () => void): void => {
        told.add(key);
        report();
      };
      if (policies[at]?.JWTPolicy === undefined) {
        const facts = { route: route.name, claims: claims.filter(isNamed).map(claimText) };
        tell(() => served.report("MW0272", path, facts));
        return;
      }
      refuseRemovedHeaders(judged, policies[at] ?? {});
      const { claims: _, ...bare } = content;
      if (!isCertain) return;
      const found = beforeClaims(judged, { at, matcher, bare });
      if (found === undefined) tell(() => served.report("MW0274", path, { route: route.name }));
      else if (found.policies.length > 0) tell(() => served.report("MW0273", path, { route: route.name, ...found }));
    });
  });
}

function isNamed(claim: Parameters<typeof claimText>[0]): boolean {
  return !isDeferred(claimText(claim));
}

interface Bare {
  readonly at: number;
  readonly matcher: number;
  readonly bare: Matcher;
}

/**
 * Finds the first route that takes requests before their claims are known and has other policies. Returns undefined if
 * none takes all of them.
 */
function beforeClaims(
  { context, served, policies }: Judged,
  { at, matcher, bare }: Bare,
): { readonly other: string; readonly policies: readonly DifferingPolicy[] } | undefined {
  const { http } = served.table;
  for (const [index, { name, matchers }] of http.entries()) {
    if (index < at) continue;
    const all = matchers.length > 0 ? matchers : EVERYTHING;
    for (const each of index === at ? all.slice(matcher + 1) : all) {
      if (each.claims !== undefined || areDisjoint(each, bare)) continue;
      const differing = differences(policies[at] ?? {}, policies[index] ?? {});
      const { covers } = findCovered([{ matchers: [each] }, { matchers: [bare] }], context.compileRegex);
      if (differing.length > 0 || covers[1]?.[0] !== undefined) return { other: name, policies: differing };
    }
  }
  return undefined;
}

/** Envoy asks the chosen route about these when it forwards, and so the last one counts. */
const FORWARDING: readonly RoutePolicyKind[] = ["HeaderManipulationPolicy", "MirrorPolicy", "RetryTimeoutPolicy"];

/** The policies that Envoy renders to filters: it sets them up for the first route. */
function differences(own: PoliciesByKind, other: PoliciesByKind): readonly DifferingPolicy[] {
  return ROUTE_POLICY_KINDS.filter((kind) => !FORWARDING.includes(kind)).flatMap((kind) => {
    const [here, there] = [own[kind]?.name, other[kind]?.name];
    if (here === there) return [];
    return [{ kind, ...(here !== undefined && { own: here }), ...(there !== undefined && { other: there }) }];
  });
}

function refuseRemovedHeaders({ served, told }: Judged, policies: PoliciesByKind): void {
  const removed = removedHeaders(policies);
  served.table.http.forEach(({ name: route, matchers }, at) => {
    matchers.forEach(({ headers }, matcher) => {
      headers.forEach(({ name: header }, index) => {
        const by = removed.find((each) => each.header === header);
        const key = `header ${at} ${matcher} ${index}`;
        if (by === undefined || isDeferred(header) || told.has(key)) return;
        told.add(key);
        served.report("MW0276", ["http", at, "matchers", matcher, "headers", index], { route, ...by });
      });
    });
  });
}

/** The headers that are gone when the route is chosen again. */
function removedHeaders({
  JWTPolicy,
  CompressionPolicy,
}: PoliciesByKind): readonly { readonly header: string; readonly kind: RoutePolicyKind; readonly policy: string }[] {
  const tokens = Object.values(JWTPolicy?.value.providers ?? {}).flatMap(({ keepToken, tokenSource }) =>
    keepToken === false ? tokenSource.headers.map(({ name }) => name) : [],
  );
  const policy = JWTPolicy?.name ?? "";
  const found = tokens.map((header) => ({ header, kind: "JWTPolicy" as const, policy }));
  if (CompressionPolicy?.value.removeAcceptEncodingHeader !== true) return found;
  return [...found, { header: "accept-encoding", kind: "CompressionPolicy", policy: CompressionPolicy.name }];
}
