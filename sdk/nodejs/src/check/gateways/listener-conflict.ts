import { isKnown } from "../../model/deferred.js";
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
          const facts = { port, first: first[field].get(port) ?? 0 };
          context.findings.add("MW0304", subject, ["listeners", index, field], facts);
        }
        for (const { field, port } of ports) if (!first[field].has(port)) first[field].set(port, index);
      });
    }
  },
};

const FIELDS = ["port", "targetPort"] as const;
