import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { delegatedTables } from "../../model/delegation.js";
import type { DestinationTarget } from "../../model/destination.js";
import type { Fleet } from "../../model/fleet.js";
import { shareable, shareableService } from "../../model/isolation.js";
import { mayClaimNamespace } from "../../model/may-claim.js";
import type { Model } from "../../model/model.js";
import type { RouteTable } from "../../model/route-table.js";
import { namespacesOf, type OwningWorkspace, ownerOf, ownsNamespace } from "../../model/workspace.js";
import type { Shareable } from "../../model/workspace-settings.js";
import { destinationsOf, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { OwnedDestination } from "../facts/policy-destinations.js";
import { obstaclesTo } from "../facts/workspace-exports.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const notExported: Rule = {
  name: "not-exported",
  codes: ["MW0602", "MW0604"],
  description: "Routes lead to resources of the table's workspace, or to ones that it imports and their owner exports.",
  check(context) {
    for (const { subject, value } of inFocus(context, "RouteTable")) {
      const user = ownerOf(context.model, value.workspace);
      // a missing workspace has its own finding
      if (user !== undefined || value.workspace === undefined) checkTables({ context, subject, user }, value);
      checkDestinations(
        context,
        value,
        destinationsOf(value).map((place) => ({ subject, ...place })),
      );
    }
    for (const served of effectiveTables(context)) {
      const ofPolicies = effectiveDestinations(context, served).filter(({ subject }) => subject.kind !== "RouteTable");
      checkDestinations(context, served.table, ofPolicies);
    }
  },
};

/** Checks only the tables that the selector selects. */
function checkTables(usage: Usage, table: RouteTable): void {
  const { model } = usage.context;
  table.http.forEach(({ action }, index) => {
    if (action.kind !== "delegate") return;
    const chosen = new Set(delegatedTables(model, action));
    action.tables.forEach((name, at) => {
      const value = model.RouteTable.get(name);
      const owner = ownerOf(model, value?.workspace);
      if (value === undefined || owner === undefined || !chosen.has(name)) return;
      const resource: Shareable = { kind: "ROUTE_TABLE", name, namespaces: [], labels: value.labels };
      reportUnshared(usage, { owner, resource }, ["http", index, "delegate", "routeTables", at]);
    });
  });
}

function checkDestinations(context: CheckContext, table: RouteTable, places: readonly OwnedDestination[]): void {
  const user = ownerOf(context.model, table.workspace);
  // a missing workspace has its own finding
  if (user === undefined && table.workspace !== undefined) return;
  for (const { subject, destination, path } of places) {
    const { target } = destination;
    if (target.kind === "service") checkService({ context, subject, user }, target, [...path, "service"]);
    else checkOwned({ context, subject, user }, target, [...path, target.kind]);
  }
}

interface Usage {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly user: OwningWorkspace | undefined;
}

type Service = Extract<DestinationTarget, { readonly kind: "service" }>;

function checkOwned(usage: Usage, { kind, name }: Exclude<DestinationTarget, Service>, path: Path): void {
  const found = owned(usage.context.model, kind, name);
  if (found !== undefined) reportUnshared(usage, found, path);
}

/** Reports a resource of another workspace that its owner does not export, or the user does not import. */
function reportUnshared({ context, subject, user }: Usage, { owner, resource }: Owned, path: Path): void {
  const obstacles = obstaclesTo(context.model, user, owner, resource);
  if (obstacles === undefined) return;
  context.findings.add("MW0602", subject, path, {
    what: NAMES[resource.kind],
    name: resource.name,
    owner: owner.name,
    ...(user && { user: user.name }),
    ...obstacles,
  });
}

/** The name of each shared kind in programs. */
const NAMES = {
  EXTERNAL_SERVICE: "ExternalService",
  ROUTE_TABLE: "RouteTable",
  SERVICE: "Service",
  VIRTUAL_DESTINATION: "VirtualDestination",
} as const satisfies Readonly<Record<Shareable["kind"], string>>;

/** A resource, and the workspace that owns it. */
interface Owned {
  readonly owner: OwningWorkspace;
  readonly resource: Shareable;
}

function owned(model: Model, kind: Exclude<DestinationTarget["kind"], "service">, name: string): Owned | undefined {
  if (kind === "virtualDestination") {
    const value = model.VirtualDestination.get(name);
    const owner = ownerOf(model, value?.workspace);
    if (value === undefined || owner === undefined) return undefined;
    return { owner, resource: shareable(name, value) };
  }
  const value = model.ExternalService.get(name);
  const owner = ownerOf(model, value?.workspace);
  if (value === undefined || owner === undefined) return undefined;
  return { owner, resource: shareableService(name, value) };
}

/**
 * Services are not in the model, so their owner is found by namespace, among the workspaces known to the table's
 * workspace.
 */
function checkService({ context, subject, user }: Usage, service: Service, path: Path): void {
  const { name, namespace, cluster } = service;
  if (user === undefined || isDeferred(namespace) || ownsNamespace(user.workspace, cluster, namespace)) return;
  const { model, findings } = context;
  const ownFleet = model.Fleet.get(user.workspace.fleet);
  if (mayClaimNamespace([ownFleet?.mayClaim, user.workspace.mayClaim], namespace)) return;
  const known = (user.settings?.importFrom ?? []).flatMap(({ workspaces }) =>
    workspaces.flatMap((each) => ownerOf(model, each) ?? []),
  );
  const owner =
    known.find(({ workspace, settings }) => settings !== undefined && ownsNamespace(workspace, cluster, namespace)) ??
    known.find(({ workspace }) => ownsNamespace(workspace, cluster, namespace));
  const facts = { user: user.name, service: name, namespace, cluster };
  if (owner === undefined) {
    findings.add("MW0604", subject, path, {
      ...facts,
      known: namespacesIn(user, ownFleet),
    });
    return;
  }
  const resource: Shareable = { kind: "SERVICE", name, namespaces: [namespace], cluster };
  const obstacles = obstaclesTo(model, user, owner, resource);
  if (obstacles === undefined) return;
  findings.add("MW0602", subject, path, {
    what: "Service",
    name: `${namespace}/${name}`,
    owner: owner.name,
    user: user.name,
    ...obstacles,
    ...(owner.settings === undefined && { withoutSettings: true }),
  });
}

function namespacesIn({ workspace }: OwningWorkspace, fleet: Fleet | undefined): readonly string[] {
  if (fleet === undefined) return [];
  return [...new Set(namespacesOf(workspace, fleet).map(({ namespace }) => namespace))];
}
