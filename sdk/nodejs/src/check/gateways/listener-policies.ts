import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { LISTENER_POLICY_KINDS, type ListenerPolicyKind } from "../../kinds/kinds.js";
import { isDeferred, isKnown } from "../../model/deferred.js";
import { selectsPort } from "../../model/listener-selector.js";
import { type ListedPolicy, listedPolicies } from "../../model/policies.js";
import { type Listener, sortServedBy, type VirtualGateway } from "../../model/virtual-gateway.js";
import { clustersOf } from "../facts/callers.js";
import { portKey } from "../facts/listeners.js";
import { type CheckContext, claim, everyOne, isFocused, type Rule } from "../rule.js";

export const listenerPolicies: Rule = {
  name: "listener-policies",
  codes: ["MW0490", "MW0491", "MW0492", "MW0493"],
  description:
    "A listener policy selects a known port where it can act, and one gateway lists it for a port that several share.",
  check(context) {
    for (const { subject, value: gateway } of everyOne(context, "VirtualGateway")) {
      if (gateway.policies.length === 0) continue;
      for (const kind of LISTENER_POLICY_KINDS)
        for (const listed of listedPolicies(context.model, gateway.policies, kind))
          judge({ context, subject, gateway }, kind, listed);
    }
  },
};

interface ListingGateway {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly gateway: VirtualGateway;
}

function judge(place: ListingGateway, kind: ListenerPolicyKind, listed: ListedPolicy<ListenerPolicyKind>): void {
  const { context, subject, gateway } = place;
  const path = ["policies", listed.index];
  const facts = { kind, policy: listed.name };
  const selectors = listed.value.applyToListeners;
  const ports = gateway.listeners.map(({ port }) => port);
  if (isFocused(context, subject) && selectors !== undefined) {
    const unknown = ports.findIndex(isDeferred);
    const wanted = selectors.map(({ port }) => port);
    if (unknown >= 0) context.findings.add("MW0492", subject, ["listeners", unknown, "port"], facts);
    else if (!ports.some((port) => selectsPort(listed.value, port)))
      context.findings.add("MW0490", subject, path, { ...facts, wanted, known: ports.filter(isKnown) });
  }
  const selected = gateway.listeners.filter(({ port }) => selectsPort(listed.value, port));
  if (isFocused(context, subject) && kind === "AccessLogPolicy") {
    const silent = selected.filter((listener) => isForConnections(listener));
    const isMeant = selectors !== undefined || silent.length === selected.length;
    if (silent.length > 0 && isMeant)
      context.findings.add("MW0493", subject, path, { policy: listed.name, ports: silent.map(({ port }) => port) });
  }
  claimListeners(place, facts, path, selected);
}

/** True if a listener handles connections and never parses requests. */
function isForConnections(listener: Listener): boolean {
  const sort = sortServedBy(listener);
  return sort === "tcp" || sort === "tls";
}

/** Claims the listeners for the kind of policy; reports the first that another gateway has claimed. */
function claimListeners(
  { context, subject, gateway }: ListingGateway,
  facts: { readonly kind: ListenerPolicyKind; readonly policy: string },
  path: Path,
  listeners: readonly Listener[],
): void {
  const clashes = listeners.flatMap(({ targetPort: port }) =>
    isDeferred(port)
      ? []
      : clustersOf(context, gateway).flatMap(({ name: cluster }) => {
          const other = claim(context, subject, `${portKey(gateway, cluster, port)}/${facts.kind}`, subject.name);
          return other === undefined ? [] : [{ ...facts, port, cluster, other }];
        }),
  );
  if (clashes[0] !== undefined) context.findings.add("MW0491", subject, path, clashes[0]);
}
