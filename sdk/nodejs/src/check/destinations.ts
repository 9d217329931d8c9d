import type { Path } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred } from "../model/deferred.js";
import type { Destination, DestinationTarget } from "../model/destination.js";
import type { ConnectionRoute, RouteTable } from "../model/route-table.js";

/** A destination and where it stands in its table's arguments. */
export interface PlacedDestination {
  readonly destination: Destination;
  readonly path: Path;
}

/** The destinations that one route names. */
export function destinationsOfRoute(table: RouteTable, index: number): readonly PlacedDestination[] {
  const action = table.http[index]?.action;
  if (action?.kind !== "forward") return [];
  return action.destinations.map((destination, i) => ({
    destination,
    path: ["http", index, "forwardTo", "destinations", i],
  }));
}

const known = new WeakMap<RouteTable, readonly PlacedDestination[]>();

/** All destinations of a table, the default one last. Many rules ask for them, so they are remembered. */
export function destinationsOf(table: RouteTable): readonly PlacedDestination[] {
  const found = known.get(table) ?? findDestinations(table);
  known.set(table, found);
  return found;
}

function findDestinations(table: RouteTable): readonly PlacedDestination[] {
  const named = [
    ...table.http.flatMap((_, index) => destinationsOfRoute(table, index)),
    ...connectionRoutesOf(table).flatMap(({ route, path }) =>
      route.destinations.map((destination, i) => ({ destination, path: [...path, "forwardTo", "destinations", i] })),
    ),
  ];
  if (table.defaultDestination === undefined) return named;
  return [...named, { destination: table.defaultDestination, path: ["defaultDestination"] }];
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
