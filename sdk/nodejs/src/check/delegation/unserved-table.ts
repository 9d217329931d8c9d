import { delegatedTables, isRoot } from "../../model/delegation.js";
import { everyOne, type Rule } from "../rule.js";

export const unservedTable: Rule = {
  name: "unserved-table",
  codes: ["MW0245"],
  description: "Requests reach every table of a complete model.",
  check(context) {
    // the tables that delegate to a single resource are unknown
    if (context.focus !== undefined) return;
    const tables = everyOne(context, "RouteTable");
    const delegated = new Set(
      tables.flatMap(({ value }) =>
        value.http.flatMap(({ action }) => (action.kind === "delegate" ? delegatedTables(context.model, action) : [])),
      ),
    );
    for (const { subject, value: table } of tables) {
      if (!isRoot(table) && !delegated.has(subject.name))
        context.findings.add("MW0245", subject, [], { table: subject.name });
    }
  },
};
