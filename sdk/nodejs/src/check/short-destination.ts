import { isDeferred } from "../model/deferred.js";
import { describeTarget, destinationsOf } from "./destinations.js";
import { inFocus, type Rule } from "./rule.js";

export const shortDestination: Rule = {
  name: "short-destination",
  description:
    "The first host of a destination that a route names is no single label: Istio takes that for a Service beside the gateway.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      for (const { destination, path } of destinationsOf(table)) {
        const { target } = destination;
        if (target.kind === "service") continue;
        const kind = target.kind === "virtualDestination" ? "VirtualDestination" : "ExternalService";
        const host = context.model[kind].get(target.name)?.hosts[0];
        if (host === undefined || isDeferred(host) || host.includes(".")) continue;
        context.findings.add("MW0532", subject, path, { destination: describeTarget(target), host });
      }
    }
  },
};
