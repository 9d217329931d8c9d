import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isListenerPolicyKind, POLICY_KINDS, type PolicyKind } from "../../kinds/kinds.js";
import { type DelegationStep, effectiveTable, tablesUnder } from "../../model/delegation.js";
import { selectsPort } from "../../model/listener-selector.js";
import { type ListedPolicy, listedPolicies } from "../../model/policies.js";
import type { PolicyReference } from "../../model/policy-reference.js";
import type { Route } from "../../model/route.js";
import { selects } from "../../model/route-selector.js";
import type { RouteTable } from "../../model/route-table.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import { subjectOf, throughOf } from "../facts/effective-tables.js";
import { policyListsOf } from "../policy-lists.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const duplicatePolicies: Rule = {
  name: "duplicate-policies",
  codes: ["MW0401"],
  description: "A resource lists at most one policy of each kind for a request; precedence never depends on age.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination"))
      compare({ context, subject, path: ["policies"] }, value.policies, () => true);
    for (const { subject, value } of inFocus(context, "VirtualGateway"))
      compare({ context, subject, path: ["policies"] }, value.policies, meetAtGateway(value));
    for (const { subject, value } of inFocus(context, "RouteTable")) compareInTable(context, subject, value);
  },
};

type Policy = ListedPolicy<PolicyKind>["value"];

/** The context in which two policies may apply to the same request. */
interface MeetingPlace {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly path: Path;
  /** The path to blame, if not the later of the two in the list. */
  readonly blamed?: Path;
  readonly gateway?: string;
  /** The delegating routes under which both apply. */
  readonly through?: readonly string[];
}

/** True if two policies of a kind apply to the same requests; a route, if to requests of that route only. */
type Meet = (first: Policy, second: Policy, kind: PolicyKind) => boolean | Pick<Route, "name"> | undefined;

function meetAtGateway({ listeners }: VirtualGateway): Meet {
  return (first, second, kind) => {
    if (isListenerPolicyKind(kind)) return listeners.some(({ port }) => isAt(first, port) && isAt(second, port));
    // whether policies with selectors overlap depends on the tables
    return !isNarrowed(first) || !isNarrowed(second);
  };
}

/** Compares the policies of a table, of its gateways, and of tables below it as far as this table's labels matter. */
function compareInTable(context: CheckContext, subject: Subject, table: RouteTable): void {
  const { model } = context;
  const gateways = table.virtualGateways.map((name) => model.VirtualGateway.get(name)?.policies ?? []);
  const below = [...tablesUnder(model, subject.name)].flatMap((name) => model.RouteTable.get(name) ?? []);
  const isLong = below.some((each) =>
    policyListsOf("RouteTable", each).some(({ references }) => references.length > 1),
  );
  if (!isLong && gateways.every(({ length }) => length < 2)) return;
  const served = (effectiveTable(model, subject.name)?.http ?? []).map((route, index) => ({
    name: route.name,
    steps: route.way?.steps ?? [{ table: subject.name, value: table, index }],
  }));
  if (isLong) for (const place of placesOf(served)) compareAt(context, place);
  gateways.forEach((policies, index) => {
    const meet: Meet = (first, second) =>
      isNarrowed(first) && isNarrowed(second)
        ? served.find(({ steps }) => isFor(first, labelsOn(steps)) && isFor(second, labelsOn(steps)))
        : undefined;
    const path = ["virtualGateways", index];
    compare({ context, subject, path, blamed: path, gateway: table.virtualGateways[index] ?? "" }, policies, meet);
  });
}

/** A route, and the delegating routes that lead to it. */
interface Reached {
  readonly name: string;
  readonly steps: readonly DelegationStep[];
}

/** A list of policies on the way to routes. */
interface ListPlace {
  readonly step: DelegationStep;
  readonly path: Path;
  readonly references: readonly PolicyReference[];
  readonly through: readonly string[];
  /** The routes below, and the number of steps that precede the list on the way to each. */
  readonly routes: { readonly route: Reached; readonly before: number }[];
}

function placesOf(routes: readonly Reached[]): readonly ListPlace[] {
  const places = new Map<string, ListPlace>();
  for (const route of routes) {
    route.steps.forEach((step, before) => {
      const { table, value, index } = step;
      const through = throughOf(route.steps.slice(0, before + 1));
      const lists = [
        { path: ["policies"], references: value.policies },
        { path: ["http", index, "policies"], references: value.http[index]?.policies ?? [] },
      ];
      for (const { path, references } of lists) {
        if (references.length < 2) continue;
        const key = JSON.stringify([table, path, through]);
        const place = places.get(key) ?? { step, path, references, through, routes: [] };
        place.routes.push({ route, before });
        places.set(key, place);
      }
    });
  }
  return [...places.values()];
}

function compareAt(context: CheckContext, { step, path, references, through, routes }: ListPlace): void {
  const meet: Meet = (first, second) => {
    const isForBoth = (labels: Labels): boolean => isFor(first, labels) && isFor(second, labels);
    // conflicts that labels from the list's own table onward decide are reported by that table
    const met = routes.find(
      ({ route: { steps }, before }) =>
        isForBoth(labelsOn(steps)) && (before === 0 || !isForBoth(labelsOn(steps.slice(before)))),
    );
    // the route need not be named if the list is its own
    const isOwn = path[0] === "http" && met?.before === (met?.route.steps.length ?? 0) - 1;
    return isOwn ? true : met?.route;
  };
  compare({ context, subject: subjectOf(step), path, through }, references, meet);
}

type Labels = Readonly<Record<string, string>>;

/** Returns the labels of a route at the end of a path, including inherited ones. */
function labelsOn(steps: readonly DelegationStep[]): Labels {
  return Object.assign({}, ...steps.flatMap(({ value, index }) => [value.labels, value.http[index]?.labels ?? {}]));
}

function compare(place: MeetingPlace, references: readonly PolicyReference[], meet: Meet): void {
  if (references.length < 2) return;
  const { context, subject, path, blamed, gateway, through } = place;
  for (const kind of POLICY_KINDS) {
    const listed = listedPolicies(context.model, references, kind);
    listed.forEach((second, at) => {
      for (const first of listed.slice(0, at)) {
        // a policy listed twice is a duplicate entry
        const met = first.name !== second.name && meet(first.value, second.value, kind);
        if (met === false || met === undefined) continue;
        const facts = {
          kind,
          first: first.name,
          second: second.name,
          ...(met !== true && { route: met.name }),
          ...(gateway !== undefined && { gateway }),
        };
        context.findings.add("MW0401", subject, blamed ?? [...path, second.index], facts, through);
        return;
      }
    });
  }
}

function isNarrowed(policy: Policy): boolean {
  return "applyToRoutes" in policy && policy.applyToRoutes !== undefined;
}

function isAt(policy: Policy, port: unknown): boolean {
  return selectsPort("applyToListeners" in policy ? policy : {}, port);
}

function isFor(policy: Policy, labels: Labels): boolean {
  return selects("applyToRoutes" in policy ? policy : {}, labels);
}
