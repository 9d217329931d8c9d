import { isDeferred } from "../model/deferred.js";
import { inFocus, type Rule } from "./rule.js";

export const shortHost: Rule = {
  name: "short-host",
  description:
    "No host of a table is a single label: Istio takes that for the name of a Service beside the gateway, and the table never answers.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.hosts.forEach((host, index) => {
        if (!isDeferred(host) && !host.includes("."))
          context.findings.add("MW0313", subject, ["hosts", index], { host });
      });
    }
  },
};
