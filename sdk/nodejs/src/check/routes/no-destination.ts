import { inFocus, type Rule } from "../rule.js";

export const noDestination: Rule = {
  name: "no-destination",
  codes: ["MW0209"],
  description: "A forwarding route has a destination, or its table has a default destination.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      if (table.defaultDestination !== undefined) continue;
      table.http.forEach(({ name, action }, index) => {
        if (action.kind === "forward" && action.destinations.length === 0)
          context.findings.add("MW0209", subject, ["http", index, "forwardTo"], { route: name });
      });
    }
  },
};
