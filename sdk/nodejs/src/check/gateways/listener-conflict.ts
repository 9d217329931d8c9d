import type { FactsOf } from "../../diagnostics/diagnostic.js";
import { isDeferred, isKnown } from "../../model/deferred.js";
import type { Listener } from "../../model/virtual-gateway.js";
import { inFocus, type Rule } from "../rule.js";

export const listenerConflict: Rule = {
  name: "listener-conflict",
  codes: ["MW0304"],
  description: "The `port` and `targetPort` of a gateway's listeners are unique.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      const first = { port: new Map<number, number>(), targetPort: new Map<number, number>() };
      gateway.listeners.forEach((listener, index) => {
        const ports = FIELDS.flatMap((field) => {
          const port = listener[field];
          return isKnown(port) ? [{ field, port }] : [];
        });
        const taken = ports.find(({ field, port }) => first[field].has(port));
        if (taken !== undefined) {
          const { field, port } = taken;
          const at = first[field].get(port) ?? 0;
          const facts = { port, first: at, ...clash(gateway.listeners[at], listener) };
          context.findings.add("MW0304", subject, ["listeners", index, field], facts);
        }
        for (const { field, port } of ports) if (!first[field].has(port)) first[field].set(port, index);
      });
    }
  },
};

/** Names the field that keeps two listeners from becoming one; nothing if merging them is possible. */
function clash(one: Listener | undefined, other: Listener): Pick<FactsOf<"MW0304">, "differs"> {
  if (one === undefined) return {};
  if (isUnlike(one.port, other.port)) return { differs: "port" };
  if (isUnlike(one.tls?.mode, other.tls?.mode) || isUnlike(one.protocol, other.protocol))
    return { differs: "protocol" };
  if (isUnlike(one.tls?.secretName, other.tls?.secretName)) return { differs: "certificate" };
  return isUnlike(one.httpsRedirect, other.httpsRedirect) ? { differs: "httpsRedirect" } : {};
}

function isUnlike(one: unknown, other: unknown): boolean {
  return one !== other && !isDeferred(one) && !isDeferred(other);
}

const FIELDS = ["port", "targetPort"] as const;
