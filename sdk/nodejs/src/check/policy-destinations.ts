import { actsOn } from "../model/acts-on.js";
import type { Destination } from "../model/destination.js";
import { listedPolicies, type PolicyReference } from "../model/policy.js";
import { ASKING_POLICY_KINDS, type AskingPolicyKind, DESTINATION_PLACES } from "../model/policy-destination.js";
import { selects } from "../model/route-selector.js";
import { labelsOf, type Route, type RouteTable } from "../model/route-table.js";
import type { PlacedDestination } from "./destinations.js";
import { type CheckContext, inFocus } from "./rule.js";

/** Policies in one list, and the routes that they could be for. */
interface Listed {
  readonly references: readonly PolicyReference[];
  readonly routes: readonly Route[];
}

/** Where requests go that policies make: those that a table, its routes or its gateways list, each once, if one of the routes is selected. */
export function destinationsOfPolicies(context: CheckContext, table: RouteTable): readonly PlacedDestination[] {
  const { model } = context;
  const found = new Map<string, PlacedDestination>();
  for (const kind of ASKING_POLICY_KINDS.filter((each) => model[each].size > 0)) {
    for (const { references, routes } of listsOf(context, table)) {
      for (const { name, value } of listedPolicies(model, references, kind)) {
        const key = `${kind}/${name}`;
        if (value.destination === undefined || found.has(key)) continue;
        const isUsed = routes.some(
          (route) => actsOn(kind, value, route.action) && selects(value, labelsOf(route, table)),
        );
        if (isUsed) found.set(key, placed(kind, name, value.destination));
      }
    }
  }
  return [...found.values()];
}

function listsOf({ model }: CheckContext, table: RouteTable): readonly Listed[] {
  const gateways = table.virtualGateways.flatMap((name) => model.VirtualGateway.get(name) ?? []);
  return [
    { references: table.policies, routes: table.http },
    ...table.http.map((route) => ({ references: route.policies, routes: [route] })),
    ...gateways.map(({ policies }) => ({ references: policies, routes: table.http })),
  ].filter(({ references }) => references.length > 0);
}

/** Where requests go that the policies in focus make, whoever lists them. */
export function destinationsInFocus(context: CheckContext): readonly PlacedDestination[] {
  return ASKING_POLICY_KINDS.flatMap((kind) =>
    inFocus(context, kind).flatMap(({ subject, value }) =>
      value.destination === undefined ? [] : [placed(kind, subject.name, value.destination)],
    ),
  );
}

function placed(kind: AskingPolicyKind, name: string, destination: Destination): PlacedDestination {
  return { subject: { kind, name }, destination, path: DESTINATION_PLACES[kind] };
}
