import { isRoot } from "../../model/delegation.js";
import { inFocus, type Rule } from "../rule.js";

export const connectionsWithoutRoot: Rule = {
  name: "connections-without-root",
  codes: ["MW0236"],
  description: "A table without hosts and gateways, which others delegate to, has HTTP routes only.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      if (isRoot(table)) continue;
      for (const sort of ["tls", "tcp"] as const)
        if (table[sort].length > 0) context.findings.add("MW0236", subject, [sort], { sort });
    }
  },
};
