import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { isDeferred } from "../model/deferred.js";
import { hostCovers } from "../model/host.js";
import type { RouteTable } from "../model/route-table.js";
import type { AllowedRouteTables } from "../model/virtual-gateway.js";
import { ownerOf, type WorkspaceReference } from "../model/workspace.js";
import { servingListeners } from "./listeners.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const hostNotAllowed: Rule = {
  name: "host-not-allowed",
  description: "Every gateway of a table allows each host of the table, as a whole, to a table with its labels.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      for (const gateway of new Set(table.virtualGateways)) checkGateway(context, subject, table, gateway);
    }
  },
};

function checkGateway(context: CheckContext, subject: Subject, table: RouteTable, gateway: string): void {
  const target = context.model.VirtualGateway.get(gateway);
  if (target === undefined) return;
  const allowed = servingListeners(target).flatMap((listener) => listener.allowedRouteTables);
  table.hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    const path: Path = ["hosts", index];
    const covering = allowed.filter((entry) => isDeferred(entry.host) || hostCovers(entry.host, host));
    if (covering.length === 0) {
      const hosts = [...new Set(allowed.map((entry) => entry.host))];
      context.findings.add("MW0301", subject, path, { host, gateway, allowed: hosts });
      return;
    }
    const selecting = covering.filter((entry) => isSelected(entry, table));
    if (selecting.length === 0) {
      const wanted = [...new Set(covering.map(wantedLabels))];
      context.findings.add("MW0309", subject, path, { table: subject.name, gateway, wanted });
    } else if (!selecting.some((entry) => isForWorkspace(context, entry, table))) {
      const workspace = ownerOf(context.model, table.workspace)?.name;
      const wanted = selecting.flatMap(({ workspaces = [] }) => workspaces.map((each) => nameOf(context, each)));
      const facts = { table: subject.name, gateway, ...(workspace !== undefined && { workspace }) };
      context.findings.add("MW0603", subject, path, { ...facts, wanted: [...new Set(wanted)] });
    }
  });
}

function isSelected({ selector }: AllowedRouteTables, { labels }: RouteTable): boolean {
  return Object.entries(selector?.labels ?? {}).every(([key, value]) => labels[key] === value);
}

/** Whether an entry is for tables of the table's workspace; one that is missing is reported as such. */
function isForWorkspace(context: CheckContext, { workspaces }: AllowedRouteTables, { workspace }: RouteTable): boolean {
  if (workspaces === undefined) return true;
  const owner = ownerOf(context.model, workspace);
  if (owner === undefined) return workspace !== undefined;
  return workspaces.some((each) => nameOf(context, each) === owner.name);
}

function nameOf({ model }: CheckContext, reference: WorkspaceReference): string {
  return ownerOf(model, reference)?.name ?? reference.name;
}

function wantedLabels({ selector }: AllowedRouteTables): string {
  const labels = Object.entries(selector?.labels ?? {});
  return labels.map(([key, value]) => `${key}=${value}`).join(", ");
}
