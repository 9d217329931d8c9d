import { everyOne, type Rule } from "./rule.js";

export const unservedTable: Rule = {
  name: "unserved-table",
  description: "Requests reach every table of a whole model.",
  check(context) {
    // who delegates to a resource by itself is not known
    if (context.focus !== undefined) return;
    for (const { subject, value: table } of everyOne(context, "RouteTable")) {
      if (table.hosts.length + table.virtualGateways.length === 0)
        context.findings.add("MW0245", subject, [], { table: subject.name });
    }
  },
};
