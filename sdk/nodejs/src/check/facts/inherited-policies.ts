import type { EffectiveRoute, EffectiveTable } from "../../model/delegation.js";
import type { Model } from "../../model/model.js";
import type { PolicyReference } from "../../model/policy-reference.js";

/** Returns the policies that a table's gateways list. */
export function policiesOfGateways(model: Model, { virtualGateways }: EffectiveTable): readonly PolicyReference[] {
  return virtualGateways.flatMap((name) => model.VirtualGateway.get(name)?.policies ?? []);
}

/** Returns the policies that a route has from its table, from delegating routes and tables, and from gateways. */
export function inheritedPolicies(
  model: Model,
  table: EffectiveTable,
  route: EffectiveRoute,
): readonly PolicyReference[] {
  const steps = route.way?.steps ?? [];
  return [
    ...table.policies,
    ...steps.flatMap(({ value, index }, place) => [
      ...(place === 0 ? [] : value.policies),
      ...(place === steps.length - 1 ? [] : (value.http[index]?.policies ?? [])),
    ]),
    ...policiesOfGateways(model, table),
  ];
}
