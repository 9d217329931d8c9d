import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { actsOn } from "../../model/acts-on.js";
import { ASKING_POLICY_KINDS, type AskingPolicyKind, destinationPlace } from "../../model/asking-policies.js";
import type { EffectiveRoute, EffectiveTable } from "../../model/delegation.js";
import type { RouteDestination } from "../../model/destination.js";
import { listedPolicies } from "../../model/policies.js";
import type { MakesRequests } from "../../model/policy-destination.js";
import type { PolicyReference } from "../../model/policy-reference.js";
import { selects } from "../../model/route-selector.js";
import { labelsOf } from "../../model/route-table.js";
import { type CheckContext, inFocus } from "../rule.js";

/** The policies in one list, and the routes that they may apply to. */
interface Listed {
  readonly references: readonly PolicyReference[];
  readonly routes: readonly EffectiveRoute[];
}

/**
 * Returns the destinations of policies that a table, its routes or its gateways list, each once, if the policy selects
 * a route.
 */
export function destinationsOfPolicies(context: CheckContext, table: EffectiveTable): readonly OwnedDestination[] {
  const { model } = context;
  const found = new Map<string, readonly OwnedDestination[]>();
  const kinds = ASKING_POLICY_KINDS.filter((each) => model[each].size > 0);
  const lists = kinds.length === 0 ? [] : listsOf(context, table);
  for (const kind of kinds) {
    for (const { references, routes } of lists) {
      for (const { name, value } of listedPolicies(model, references, kind)) {
        const key = `${kind}/${name}`;
        if (value.destinations === undefined || found.has(key)) continue;
        const isUsed = routes.some(
          (route) => actsOn(kind, value, route.action) && selects(value, labelsOf(route, table)),
        );
        if (isUsed) found.set(key, placed(kind, name, value));
      }
    }
  }
  return [...found.values()].flat();
}

/**
 * Returns the policy lists that apply to a table's routes: on the routes, on tables and routes that delegate to them,
 * and on gateways.
 */
function listsOf({ model }: CheckContext, table: EffectiveTable): readonly Listed[] {
  const byList = new Map<readonly PolicyReference[], Set<EffectiveRoute>>();
  const shared = [
    table.policies,
    ...table.virtualGateways.map((name) => model.VirtualGateway.get(name)?.policies ?? []),
  ];
  for (const route of table.http) {
    const steps = route.way?.steps ?? [];
    const onTheWay = steps.flatMap(({ value, index }) => [value.policies, value.http[index]?.policies ?? []]);
    for (const references of [route.policies, ...onTheWay, ...shared]) {
      if (references.length === 0) continue;
      const routes = byList.get(references) ?? new Set();
      byList.set(references, routes.add(route));
    }
  }
  return [...byList].map(([references, routes]) => ({ references, routes: [...routes] }));
}

/** Returns the destinations of the policies in focus, regardless of which resource lists them. */
export function destinationsInFocus(context: CheckContext): readonly OwnedDestination[] {
  return ASKING_POLICY_KINDS.flatMap((kind) =>
    inFocus(context, kind).flatMap(({ subject, value }) => placed(kind, subject.name, value)),
  );
}

function placed(kind: AskingPolicyKind, name: string, { destinations = {} }: MakesRequests): OwnedDestination[] {
  return Object.entries(destinations).map(([asked, destination]) => ({
    subject: { kind, name },
    destination,
    path: destinationPlace(kind, asked),
    asked,
  }));
}

/** A destination, and its path in its table's arguments. */
export interface PlacedDestination {
  readonly destination: RouteDestination;
  readonly path: Path;
}

/** A destination, and its path in the arguments of a table or a policy. */
export interface OwnedDestination extends PlacedDestination {
  readonly subject: Subject;
  /** The server that a policy calls there, by its key in `destinations`; absent for tables. */
  readonly asked?: string;
}
