import type { RoutePolicyKind } from "../../kinds/kinds.js";
import { memoize, memoizeBy } from "../../memo/memo.js";
import type { EffectiveTable } from "../../model/delegation.js";
import { EffectivePolicies, type EffectivePolicy } from "../../model/effective-policies.js";
import type { CheckContext } from "../rule.js";

/** The policies in force on a route, by kind. */
export type PoliciesByKind = { readonly [K in RoutePolicyKind]?: EffectivePolicy<K> };

/** Returns the policies in force on each route of a table: for each of its gateways, and for callers with sidecars. */
export const effectivePolicies = memoizeBy(findPolicies, (_, table) => table);

function findPolicies({ model }: CheckContext, table: EffectiveTable): readonly (readonly PoliciesByKind[])[] {
  const gateways = [...new Set(table.virtualGateways)].flatMap((name) => model.VirtualGateway.get(name) ?? []);
  return [...gateways, ...(table.sidecars === undefined ? [] : [undefined])].map((gateway) => {
    const policies = new EffectivePolicies(model, table, gateway);
    return table.http.map((route) => {
      const chosen = policies.of(route);
      return chosen === undefined ? NONE : byKind(chosen);
    });
  });
}

const NONE: PoliciesByKind = {};

/** Routes with the same policies share the result. */
const byKind = memoize(
  ({ inOrder }: NonNullable<ReturnType<EffectivePolicies["of"]>>): PoliciesByKind =>
    Object.fromEntries(inOrder.map(({ kind, applied }) => [kind, applied])),
);
