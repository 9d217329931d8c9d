import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { delegatedTables } from "../../model/delegation.js";
import { subsetKey } from "../../model/labels.js";
import type { Delegation, Route } from "../../model/route.js";
import { ownerOf } from "../../model/workspace.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const delegatedTablesRule: Rule = {
  name: "delegated-tables",
  codes: ["MW0242", "MW0244"],
  description:
    "A delegating route selects at least one table, and the tables it lists have no hosts, gateways or sidecars.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach((route, index) => {
        if (route.action.kind !== "delegate") return;
        const path = ["http", index, "delegate"];
        checkRoots(context, subject, path, route.action);
        checkSelector(context, { subject, path }, route, route.action);
      });
    }
  },
};

function checkRoots({ model, findings }: CheckContext, subject: Subject, path: Path, { tables }: Delegation): void {
  tables.forEach((name, at) => {
    const table = model.RouteTable.get(name);
    const fields = [
      ...(["hosts", "virtualGateways"] as const).filter((field) => (table?.[field].length ?? 0) > 0),
      ...(table?.sidecars === undefined ? [] : ["sidecars"]),
    ];
    if (fields.length > 0) findings.add("MW0242", subject, [...path, "routeTables", at], { table: name, fields });
  });
}

function checkSelector(
  { model, findings }: CheckContext,
  { subject, path }: { readonly subject: Subject; readonly path: Path },
  { name }: Route,
  delegation: Delegation,
): void {
  const { tables, selector } = delegation;
  // a missing table may be the one selected
  if (selector === undefined || tables.some((table) => !model.RouteTable.has(table))) return;
  if (selector.workspace !== undefined && ownerOf(model, selector.workspace) === undefined) return;
  if (delegatedTables(model, delegation).length > 0) return;
  findings.add("MW0244", subject, [...path, "selector"], {
    route: name,
    ...(selector.labels && { labels: subsetKey(selector.labels) }),
    ...(selector.workspace && { workspace: selector.workspace.name }),
    tables: [...new Set(tables)],
  });
}
