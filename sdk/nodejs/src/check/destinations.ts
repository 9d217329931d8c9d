import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred } from "../model/deferred.js";
import type { Destination, DestinationTarget } from "../model/destination.js";
import type { ConnectionRoute, RouteTable } from "../model/route-table.js";
import { destinationsInFocus, destinationsOfPolicies } from "./policy-destinations.js";
import { type CheckContext, inFocus, type Resource } from "./rule.js";

/** A destination, and where it stands: in the arguments of a table or of a policy. */
export interface PlacedDestination {
  readonly subject: Subject;
  readonly destination: Destination;
  readonly path: Path;
}

/** The destinations that one route names. */
export function destinationsOfRoute(
  { subject, value }: Resource<"RouteTable">,
  index: number,
): readonly PlacedDestination[] {
  const action = value.http[index]?.action;
  if (action?.kind !== "forward") return [];
  return action.destinations.map((destination, i) => ({
    subject,
    destination,
    path: ["http", index, "forwardTo", "destinations", i],
  }));
}

const known = new WeakMap<CheckContext, WeakMap<RouteTable, readonly PlacedDestination[]>>();

/**
 * All destinations to which a table's gateways send requests: those of its routes, the default one, and those of the policies that it or a
 * gateway lists for one of its routes. Many rules ask for them, so they are remembered.
 */
export function destinationsOf(context: CheckContext, table: Resource<"RouteTable">): readonly PlacedDestination[] {
  const inContext = known.get(context) ?? new WeakMap<RouteTable, readonly PlacedDestination[]>();
  known.set(context, inContext);
  const found = inContext.get(table.value) ?? findDestinations(context, table);
  inContext.set(table.value, found);
  return found;
}

function findDestinations(context: CheckContext, table: Resource<"RouteTable">): readonly PlacedDestination[] {
  const { subject, value } = table;
  const byDefault = value.defaultDestination;
  return [
    ...value.http.flatMap((_, index) => destinationsOfRoute(table, index)),
    ...connectionRoutesOf(value).flatMap(({ route, path }) =>
      route.destinations.map((destination, i) => ({
        subject,
        destination,
        path: [...path, "forwardTo", "destinations", i],
      })),
    ),
    ...(byDefault === undefined ? [] : [{ subject, destination: byDefault, path: ["defaultDestination"] }]),
    ...destinationsOfPolicies(context, value),
  ];
}

/** The destinations of all tables and policies in focus. */
export function everyDestination(context: CheckContext): readonly PlacedDestination[] {
  const ofTables = inFocus(context, "RouteTable").flatMap((table) => destinationsOf(context, table));
  return [...ofTables, ...destinationsInFocus(context)];
}

/** A route of connections and where it stands in its table's arguments. */
export interface PlacedConnectionRoute {
  readonly sort: "tls" | "tcp";
  readonly route: ConnectionRoute;
  readonly path: Path;
}

/** The routes of connections of a table. */
export function connectionRoutesOf(table: RouteTable): readonly PlacedConnectionRoute[] {
  return (["tls", "tcp"] as const).flatMap((sort) =>
    table[sort].map((route, index) => ({ sort, route, path: [sort, index] })),
  );
}

/** A destination for a sentence: ``Service `reviews.shop` ``. */
export function describeTarget(target: DestinationTarget): string {
  switch (target.kind) {
    case "service": {
      const name = `${target.name}.${target.namespace}`;
      return isDeferred(name) ? "a Service" : `Service ${quote(name)}`;
    }
    case "virtualDestination":
      return `VirtualDestination ${quote(target.name)}`;
    case "externalService":
      return `ExternalService ${quote(target.name)}`;
  }
}
