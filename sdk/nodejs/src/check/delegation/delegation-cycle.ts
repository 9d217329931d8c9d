import { delegatedTables } from "../../model/delegation.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const delegationCycle: Rule = {
  name: "delegation-cycle",
  codes: ["MW0240"],
  description: "No table delegates to itself, directly or through other tables.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach(({ action }, index) => {
        if (action.kind !== "delegate") return;
        const chain = findCycle(context, subject.name, delegatedTables(context.model, action));
        if (chain !== undefined) context.findings.add("MW0240", subject, ["http", index, "delegate"], { chain });
      });
    }
  },
};

/** Finds the shortest path from these tables back to the table that delegates to them, which is at both ends. */
function findCycle({ model }: CheckContext, name: string, tables: readonly string[]): readonly string[] | undefined {
  const before = new Map(tables.map((table) => [table, name]));
  for (const table of before.keys()) {
    if (table === name) return chainTo(before, name);
    for (const { action } of model.RouteTable.get(table)?.http ?? []) {
      if (action.kind !== "delegate") continue;
      for (const next of delegatedTables(model, action)) if (!before.has(next)) before.set(next, table);
    }
  }
  return undefined;
}

function chainTo(before: ReadonlyMap<string, string>, name: string): readonly string[] {
  const chain = [name];
  for (let at = before.get(name); at !== undefined && at !== name; at = before.get(at)) chain.unshift(at);
  return [name, ...chain];
}
