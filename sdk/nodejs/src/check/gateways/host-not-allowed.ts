import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { hostCovers } from "../../model/host.js";
import { carries } from "../../model/labels.js";
import type { RouteTable } from "../../model/route-table.js";
import type { AllowedRouteTables, Listener, RouteSort, VirtualGateway } from "../../model/virtual-gateway.js";
import { ownerOf } from "../../model/workspace.js";
import type { WorkspaceReference } from "../../model/workspace-reference.js";
import { servingListeners } from "../facts/listeners.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const hostNotAllowed: Rule = {
  name: "host-not-allowed",
  codes: ["MW0301", "MW0309", "MW0320", "MW0603"],
  description:
    "A table's gateways listen for its routes and allow it each of its hosts, and no listener reserves one for others.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      for (const gateway of new Set(table.virtualGateways)) checkGateway(context, subject, table, gateway);
    }
  },
};

function checkGateway(context: CheckContext, subject: Subject, table: RouteTable, gateway: string): void {
  const target = context.model.VirtualGateway.get(gateway);
  if (target === undefined) return;
  const reported = new Set<number>();
  for (const sort of ["http", "tls", "tcp"] as const) {
    if (table[sort].length === 0) continue;
    if (lacksListener(target, sort)) context.findings.add("MW0320", subject, [sort], { gateway, sort });
    else checkHosts(context, subject, table, { gateway, target, sort, reported });
  }
}

/**
 * True if a gateway serves no routes of a kind; if all its listeners redirect to HTTPS, that is reported per host
 * instead.
 */
function lacksListener(gateway: VirtualGateway, sort: RouteSort): boolean {
  const redirects = sort === "http" && gateway.listeners.every(({ httpsRedirect }) => httpsRedirect === true);
  return servingListeners(gateway, sort).length === 0 && !redirects;
}

interface ClaimedGateway {
  readonly gateway: string;
  readonly target: VirtualGateway;
  readonly sort: RouteSort;
  /** Hosts already reported for routes of another kind. */
  readonly reported: Set<number>;
}

function checkHosts(
  context: CheckContext,
  subject: Subject,
  table: RouteTable,
  { gateway, target, sort, reported }: ClaimedGateway,
): void {
  const listeners = servingListeners(target, sort).filter((listener) => mayServe(listener, table, sort));
  const allowed = servingListeners(target, sort).flatMap((listener) => listener.allowedRouteTables);
  table.hosts.forEach((host, index) => {
    if (isDeferred(host) || reported.has(index)) return;
    const path: Path = ["hosts", index];
    const covering = allowed.filter((entry) => isDeferred(entry.host) || hostCovers(entry.host, host));
    const isAllowed = covering.some((entry) => isFor(context, entry, table));
    const taken = listeners.flatMap((listener) => takenEntries(context, listener, host, table));
    if (isAllowed && taken.length === 0) return;
    reported.add(index);
    const entries = isAllowed ? taken : covering;
    const selecting = entries.filter((entry) => isSelected(entry, table));
    if (covering.length === 0) {
      const hosts = [...new Set(allowed.map((entry) => entry.host))];
      context.findings.add("MW0301", subject, path, { host, gateway, allowed: hosts });
    } else if (selecting.length === 0) {
      const wanted = [...new Set(entries.map(wantedLabels))];
      context.findings.add("MW0309", subject, path, { table: subject.name, gateway, wanted });
    } else {
      const workspace = ownerOf(context.model, table.workspace)?.name;
      const wanted = selecting.flatMap(({ workspaces = [] }) => workspaces.map((each) => nameOf(context, each)));
      const facts = { table: subject.name, gateway, ...(workspace !== undefined && { workspace }) };
      context.findings.add("MW0603", subject, path, { ...facts, wanted: [...new Set(wanted)] });
    }
  });
}

/**
 * Returns the entries of a listener that match a host of the table but are all for other tables: Istio binds routes to
 * every listener with their host, even if another listener of the gateway allows it.
 */
function takenEntries(
  context: CheckContext,
  { allowedRouteTables }: Listener,
  host: string,
  table: RouteTable,
): readonly AllowedRouteTables[] {
  const meets = (other: string) => isDeferred(other) || hostCovers(other, host) || hostCovers(host, other);
  const meeting = allowedRouteTables.filter((entry) => meets(entry.host));
  return meeting.some((entry) => isFor(context, entry, table)) ? [] : meeting;
}

function isFor(context: CheckContext, entry: AllowedRouteTables, table: RouteTable): boolean {
  return isSelected(entry, table) && isForWorkspace(context, entry, table);
}

/** True if some route of a table may apply to a listener's port. */
function mayServe({ port }: Listener, table: RouteTable, sort: RouteSort): boolean {
  return table[sort].some(({ matchers }) => {
    const ports = matchers.map((matcher) => matcher.port);
    return (
      ports.length === 0 ||
      ports.some((each) => each === undefined || isDeferred(each) || isDeferred(port) || each === port)
    );
  });
}

function isSelected({ selector }: AllowedRouteTables, { labels }: RouteTable): boolean {
  return carries(labels, selector?.labels ?? {});
}

/** True if an entry is for tables of the table's workspace; a missing workspace has its own finding. */
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
