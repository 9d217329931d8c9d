import type { Code } from "../../diagnostics/catalog.js";
import type { FactsOf, Path } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { memoize, memoizeBy } from "../../memo/memo.js";
import { isDeferred } from "../../model/deferred.js";
import type { DestinationTarget } from "../../model/destination.js";
import type { ConnectionRoute } from "../../model/route.js";
import type { RouteTable } from "../../model/route-table.js";
import { type CheckContext, inFocus } from "../rule.js";
import type { ReportableTable } from "./effective-tables.js";
import {
  destinationsInFocus,
  destinationsOfPolicies,
  type OwnedDestination,
  type PlacedDestination,
} from "./policy-destinations.js";

/** A destination of an effective table, or of a policy in force there, and how to report on it. */
export interface EffectiveDestination extends OwnedDestination {
  readonly report: <C extends Code>(code: C, path: Path, facts: FactsOf<C>) => void;
}

/** Returns the destinations that a route names. */
export function destinationsOfRoute(table: RouteTable, index: number): readonly PlacedDestination[] {
  const action = table.http[index]?.action;
  if (action?.kind !== "forward") return [];
  return action.destinations.map((destination, i) => ({
    destination,
    path: ["http", index, "forwardTo", "destinations", i],
  }));
}

/** Returns all destinations of a table, including the default one. Cached, because many rules need them. */
export const destinationsOf = memoize((table: RouteTable): readonly PlacedDestination[] => {
  const named = [
    ...table.http.flatMap((_, index) => destinationsOfRoute(table, index)),
    ...connectionRoutesOf(table).flatMap(({ route, path }) =>
      route.destinations.map((destination, i) => ({ destination, path: [...path, "forwardTo", "destinations", i] })),
    ),
  ];
  if (table.defaultDestination === undefined) return named;
  return [...named, { destination: table.defaultDestination, path: ["defaultDestination"] }];
});

/** Returns the destinations of all tables and policies in focus, as written. */
export function everyDestination(context: CheckContext): readonly OwnedDestination[] {
  const ofTables = inFocus(context, "RouteTable").flatMap(({ subject, value }) =>
    destinationsOf(value).map((place) => ({ subject, ...place })),
  );
  return [...ofTables, ...destinationsInFocus(context)];
}

/**
 * Returns all destinations that requests to a table can reach, from its routes and from policies that apply to a route.
 * Cached, because many rules need them.
 */
export const effectiveDestinations = memoizeBy(findEffectiveDestinations, (_context, { table }) => table);

function findEffectiveDestinations(
  context: CheckContext,
  { subject, table, report }: ReportableTable,
): readonly EffectiveDestination[] {
  const own = destinationsOf(table).map((place) => ({ subject, ...place, report }));
  const ofPolicies = destinationsOfPolicies(context, table).map(
    (place): EffectiveDestination => ({
      ...place,
      report: (code, path, facts) => context.findings.add(code, place.subject, path, facts),
    }),
  );
  return [...own, ...ofPolicies];
}

/** A connection route, and its path in its table's arguments. */
export interface PlacedConnectionRoute {
  readonly sort: "tls" | "tcp";
  readonly route: ConnectionRoute;
  readonly path: Path;
}

/** Returns the connection routes of a table. */
export function connectionRoutesOf(table: RouteTable): readonly PlacedConnectionRoute[] {
  return (["tls", "tcp"] as const).flatMap((sort) =>
    table[sort].map((route, index) => ({ sort, route, path: [sort, index] })),
  );
}

/** Describes a destination within a sentence: ``Service `reviews.shop` ``. */
export function describeDestinationTarget(target: DestinationTarget): string {
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
