import { LISTENER_POLICY_KINDS, type ListenerPolicyKind } from "../kinds/kinds.js";
import { type NarrowedToListeners, selectsPort } from "../model/listener-selector.js";
import { listedPolicies, type Policies } from "../model/policies.js";
import type { ModelOf } from "../model/registry.js";
import type { Listener, VirtualGateway } from "../model/virtual-gateway.js";

/** The policies of a listener, at most one of each kind. */
export type PlannedListenerPolicies = { readonly [K in ListenerPolicyKind]?: PlannedListenerPolicy<K> };

/** A policy applied to a listener. */
export interface PlannedListenerPolicy<K extends ListenerPolicyKind> {
  readonly name: string;
  readonly value: Omit<ModelOf[K], keyof NarrowedToListeners>;
}

/** Plans the policies of a gateway that apply to one of its listeners. Returns undefined if none do. */
export function planListenerPolicies(
  policies: Policies,
  gateway: VirtualGateway,
  { port }: Listener,
): PlannedListenerPolicies | undefined {
  if (gateway.policies.length === 0) return undefined;
  const planned = LISTENER_POLICY_KINDS.flatMap((kind) =>
    listedPolicies(policies, gateway.policies, kind)
      .filter(({ value }) => selectsPort(value, port))
      .map(({ name, value }) => {
        const { applyToListeners: _, ...config } = value;
        return [kind, { name, value: config }] as const;
      }),
  );
  return planned.length === 0 ? undefined : Object.fromEntries(planned);
}
