import { inFocus, type Rule } from "../rule.js";

export const duplicateRouteName: Rule = {
  name: "duplicate-route-name",
  codes: ["MW0202"],
  description: "Route names are unique within a table.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const seen = new Map<string, { readonly list: string; readonly first: number }>();
      for (const list of ["http", "tls", "tcp"] as const) {
        table[list].forEach(({ name }, index) => {
          const earlier = seen.get(name);
          if (earlier === undefined) seen.set(name, { list, first: index });
          else context.findings.add("MW0202", subject, [list, index, "name"], { route: name, ...earlier });
        });
      }
    }
  },
};
