import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { selectsPort } from "../model/listener-selector.js";
import {
  isListenerPolicyKind,
  type ListedPolicy,
  listedPolicies,
  POLICY_KINDS,
  type PolicyKind,
  type PolicyReference,
} from "../model/policy.js";
import { selects } from "../model/route-selector.js";
import { labelsOf, type Route, type RouteTable } from "../model/route-table.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const twoPoliciesOfAKind: Rule = {
  name: "two-policies-of-a-kind",
  description: "One place lists one policy of each kind for a request; which one is meant is never left to their age.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination"))
      compare({ context, subject, path: ["policies"] }, value.policies, () => true);
    for (const { subject, value } of inFocus(context, "VirtualGateway"))
      compare({ context, subject, path: ["policies"] }, value.policies, meetAtGateway(value));
    for (const { subject, value } of inFocus(context, "RouteTable")) compareInTable(context, subject, value);
  },
};

type Policy = ListedPolicy<PolicyKind>["value"];

/** Where two policies may meet. */
interface Place {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly path: Path;
  /** The place to blame, where it is not the later one of the two in the list. */
  readonly blamed?: Path;
  readonly gateway?: string;
}

/** Whether two policies of a kind are for the same requests: always, or for those of a route. */
type Meet = (first: Policy, second: Policy, kind: PolicyKind) => boolean | Route | undefined;

function meetAtGateway({ listeners }: VirtualGateway): Meet {
  return (first, second, kind) => {
    if (isListenerPolicyKind(kind)) return listeners.some(({ port }) => isAt(first, port) && isAt(second, port));
    // whether narrowed ones meet is known only with the tables
    return !isNarrowed(first) || !isNarrowed(second);
  };
}

function compareInTable(context: CheckContext, subject: Subject, table: RouteTable): void {
  const shared = (first: Policy, second: Policy): Route | undefined =>
    table.http.find((route) => isFor(first, route, table) && isFor(second, route, table));
  compare({ context, subject, path: ["policies"] }, table.policies, shared);
  table.http.forEach((route, index) => {
    const meet: Meet = (first, second) => isFor(first, route, table) && isFor(second, route, table);
    compare({ context, subject, path: ["http", index, "policies"] }, route.policies, meet);
  });
  table.virtualGateways.forEach((name, index) => {
    const gateway = context.model.VirtualGateway.get(name);
    const meet: Meet = (first, second) => (isNarrowed(first) && isNarrowed(second) ? shared(first, second) : undefined);
    const path = ["virtualGateways", index];
    compare({ context, subject, path, blamed: path, gateway: name }, gateway?.policies ?? [], meet);
  });
}

function compare(place: Place, references: readonly PolicyReference[], meet: Meet): void {
  if (references.length < 2) return;
  const { context, subject, path, blamed, gateway } = place;
  for (const kind of POLICY_KINDS) {
    const listed = listedPolicies(context.model, references, kind);
    listed.forEach((second, at) => {
      for (const first of listed.slice(0, at)) {
        // the same policy twice is a duplicate entry
        const met = first.name !== second.name && meet(first.value, second.value, kind);
        if (met === false || met === undefined) continue;
        context.findings.add("MW0401", subject, blamed ?? [...path, second.index], {
          kind,
          first: first.name,
          second: second.name,
          ...(met !== true && { route: met.name }),
          ...(gateway !== undefined && { gateway }),
        });
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

function isFor(policy: Policy, route: Route, table: RouteTable): boolean {
  return selects("applyToRoutes" in policy ? policy : {}, labelsOf(route, table));
}
