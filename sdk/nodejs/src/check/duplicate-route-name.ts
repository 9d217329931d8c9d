import { inFocus, type Rule } from "./rule.js";

export const duplicateRouteName: Rule = {
  name: "duplicate-route-name",
  description: "Every route of a table has a name of its own.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const seen = new Map<string, number>();
      table.http.forEach((route, index) => {
        const first = seen.get(route.name);
        if (first === undefined) seen.set(route.name, index);
        else context.findings.add("MW0202", subject, ["http", index, "name"], { route: route.name, first });
      });
    }
  },
};
