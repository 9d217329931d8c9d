import { isRoot } from "../../model/delegation.js";
import { allDelegatedTables } from "../facts/effective-tables.js";
import { everyOne, type Rule } from "../rule.js";

export const unservedTable: Rule = {
  name: "unserved-table",
  codes: ["MW0245"],
  description: "Requests reach every table of a complete model.",
  check(context) {
    // the tables that delegate to a single resource are unknown
    if (context.focus !== undefined) return;
    const delegated = allDelegatedTables(context);
    for (const { subject, value: table } of everyOne(context, "RouteTable")) {
      if (!isRoot(table) && !delegated.has(subject.name))
        context.findings.add("MW0245", subject, [], { table: subject.name });
    }
  },
};
