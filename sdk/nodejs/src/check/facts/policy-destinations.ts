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

/** Policies in one list, and the routes that they could be for. */
interface Listed {
  readonly references: readonly PolicyReference[];
  readonly routes: readonly EffectiveRoute[];
}

/** Where requests go that policies make: those that a table, its routes or its gateways list, each once, if one of the routes is selected. */
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

/** The lists of policies that the routes of a table come under: their own, those of the tables and routes that lead to them, and those of gateways. */
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

/** Where requests go that the policies in focus make, whoever lists them. */
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

/** A destination and where it stands in its table's arguments. */
export interface PlacedDestination {
  readonly destination: RouteDestination;
  readonly path: Path;
}

/** A destination, and where it stands: in the arguments of a table or of a policy. */
export interface OwnedDestination extends PlacedDestination {
  readonly subject: Subject;
  /** Whom a policy asks there, as its `destinations` name it; absent in a table. */
  readonly asked?: string;
}
