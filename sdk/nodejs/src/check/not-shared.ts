import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { isDeferred } from "../model/deferred.js";
import { delegatedTables } from "../model/delegation.js";
import type { DestinationTarget } from "../model/destination.js";
import type { Fleet } from "../model/fleet.js";
import { shareable } from "../model/isolation.js";
import type { Model } from "../model/model.js";
import type { RouteTable } from "../model/route-table.js";
import { namespacesOf, type Owner, ownerOf, ownsNamespace } from "../model/workspace.js";
import type { Shareable } from "../model/workspace-settings.js";
import { destinationsOf, type OwnedDestination, servedDestinations } from "./destinations.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";
import { servedTables } from "./served.js";
import { obstaclesTo } from "./sharing.js";

export const notShared: Rule = {
  name: "not-shared",
  description:
    "Routes lead to destinations and tables of the table's own workspace, and to those that their owner exports to it and it imports.",
  check(context) {
    for (const { subject, value } of inFocus(context, "RouteTable")) {
      checkTables(context, subject, value);
      checkDestinations(
        context,
        value,
        destinationsOf(value).map((place) => ({ subject, ...place })),
      );
    }
    for (const served of servedTables(context)) {
      const ofPolicies = servedDestinations(context, served).filter(({ subject }) => subject.kind !== "RouteTable");
      checkDestinations(context, served.table, ofPolicies);
    }
  },
};

/** Only tables that a selector takes are used. */
function checkTables(context: CheckContext, subject: Subject, table: RouteTable): void {
  const user = ownerOf(context.model, table.workspace);
  if (user === undefined && table.workspace !== undefined) return;
  table.http.forEach(({ action }, index) => {
    if (action.kind !== "delegate") return;
    const chosen = new Set(delegatedTables(context.model, action));
    action.tables.forEach((name, at) => {
      const value = context.model.RouteTable.get(name);
      const owner = ownerOf(context.model, value?.workspace);
      if (value === undefined || owner === undefined || !chosen.has(name)) return;
      const resource: Shareable = { kind: "ROUTE_TABLE", name, namespaces: [], labels: value.labels };
      const obstacles = obstaclesTo(context.model, user, owner, resource);
      if (obstacles === undefined) return;
      context.findings.add("MW0602", subject, ["http", index, "delegate", "routeTables", at], {
        what: "RouteTable",
        name,
        owner: owner.name,
        ...(user && { user: user.name }),
        ...obstacles,
      });
    });
  });
}

function checkDestinations(context: CheckContext, table: RouteTable, places: readonly OwnedDestination[]): void {
  const user = ownerOf(context.model, table.workspace);
  // a workspace that is missing is reported as such
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
  readonly user: Owner | undefined;
}

type Service = Extract<DestinationTarget, { readonly kind: "service" }>;

function checkOwned(
  { context, subject, user }: Usage,
  { kind, name }: Exclude<DestinationTarget, Service>,
  path: Path,
): void {
  const found = owned(context.model, kind, name);
  if (found === undefined) return;
  const { owner, resource } = found;
  const obstacles = obstaclesTo(context.model, user, owner, resource);
  if (obstacles === undefined) return;
  const what = kind === "virtualDestination" ? ("VirtualDestination" as const) : ("ExternalService" as const);
  context.findings.add("MW0602", subject, path, {
    what,
    name,
    owner: owner.name,
    ...(user && { user: user.name }),
    ...obstacles,
  });
}

function owned(
  model: Model,
  kind: Exclude<DestinationTarget["kind"], "service">,
  name: string,
): { readonly owner: Owner; readonly resource: Shareable } | undefined {
  if (kind === "virtualDestination") {
    const value = model.VirtualDestination.get(name);
    const owner = ownerOf(model, value?.workspace);
    if (value === undefined || owner === undefined) return undefined;
    return { owner, resource: shareable(name, value) };
  }
  const value = model.ExternalService.get(name);
  const owner = ownerOf(model, value?.workspace);
  if (value === undefined || owner === undefined) return undefined;
  return { owner, resource: { kind: "EXTERNAL_SERVICE", name, namespaces: [value.namespace], labels: value.labels } };
}

/** Services are no resources of the program, so that their owner is found by their namespace, among the workspaces that the table's own knows. */
function checkService({ context, subject, user }: Usage, service: Service, path: Path): void {
  const { name, namespace, cluster } = service;
  if (user === undefined || isDeferred(namespace) || ownsNamespace(user.workspace, cluster, namespace)) return;
  const { model, findings } = context;
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
      known: namespacesIn(user, model.Fleet.get(user.workspace.fleet)),
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

function namespacesIn({ workspace }: Owner, fleet: Fleet | undefined): readonly string[] {
  if (fleet === undefined) return [];
  return [...new Set(namespacesOf(workspace, fleet).map(({ namespace }) => namespace))];
}
