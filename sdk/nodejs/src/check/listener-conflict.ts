import { isDeferred, isKnown, type Leaf } from "../model/deferred.js";
import { inFocus, type Rule } from "./rule.js";

export const listenerConflict: Rule = {
  name: "listener-conflict",
  description: "Every listener of a gateway has a `port` and a `targetPort` of its own.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      const { listeners } = gateway;
      listeners.forEach((listener, index) => {
        const earlier = listeners.slice(0, index);
        for (const field of ["port", "targetPort"] as const) {
          const port = listener[field];
          if (isDeferred(port)) continue;
          const first = earlier.findIndex((other) => isSame(other[field], port));
          if (first < 0) continue;
          context.findings.add("MW0304", subject, ["listeners", index, field], { port, first });
          break;
        }
      });
    }
  },
};

function isSame(port: Leaf<number>, other: number): boolean {
  return isKnown(port) && port === other;
}
