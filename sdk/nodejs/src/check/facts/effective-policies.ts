import type { RoutePolicyKind } from "../../kinds/kinds.js";
import type { ServedRoute, ServedTable } from "../../model/delegation.js";
import { EffectivePolicies, type EffectivePolicy } from "../../model/effective-policies.js";
import type { CheckContext } from "../rule.js";

/** The policies in force on a route, by kind. */
export type PoliciesByKind = { readonly [K in RoutePolicyKind]?: EffectivePolicy<K> };

const known = new WeakMap<CheckContext, WeakMap<ServedTable, readonly (readonly PoliciesByKind[])[]>>();

/** Returns the policies in force on each route of a table: for each of its gateways, and for callers with sidecars. */
export function effectivePolicies(context: CheckContext, table: ServedTable): readonly (readonly PoliciesByKind[])[] {
  const inContext = known.get(context) ?? new WeakMap<ServedTable, readonly (readonly PoliciesByKind[])[]>();
  known.set(context, inContext);
  const found = inContext.get(table) ?? findPolicies(context, table);
  inContext.set(table, found);
  return found;
}

function findPolicies({ model }: CheckContext, table: ServedTable): readonly (readonly PoliciesByKind[])[] {
  const gateways = [...new Set(table.virtualGateways)].flatMap((name) => model.VirtualGateway.get(name) ?? []);
  return [...gateways, ...(table.sidecars === undefined ? [] : [undefined])].map((gateway) => {
    const policies = new EffectivePolicies(model, table, gateway);
    return table.http.map((route: ServedRoute) => byKind(policies.of(route)?.inOrder ?? []));
  });
}

function byKind(
  chosen: readonly { readonly kind: RoutePolicyKind; readonly applied: EffectivePolicy<RoutePolicyKind> }[],
): PoliciesByKind {
  return Object.fromEntries(chosen.map(({ kind, applied }) => [kind, applied]));
}
