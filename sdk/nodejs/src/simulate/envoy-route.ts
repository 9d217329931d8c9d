import { isKnown } from "../model/deferred.js";
import type { Matcher } from "../model/match.js";
import type { PlannedRoute, PlannedRoutes } from "../plan/types.js";
import type { Condition } from "./condition.js";
import type { Taken } from "./decision.js";
import type { Incoming } from "./incoming.js";
import type { FailedCondition } from "./trace.js";

/** One Envoy route: a matcher of a route, or a catch-all route. */
export interface EnvoyRoute {
  readonly table: PlannedRoutes;
  readonly route: PlannedRoute;
  /** Index and content of the matcher. */
  readonly matcher?: { readonly index: number; readonly content: Matcher };
  readonly conditions: readonly Condition[];
  /** False while a condition is unknown. */
  readonly isKnown: boolean;
  /** The condition that keeps Istio from generating this route for the port at all. */
  readonly omitted?: FailedCondition;
  readonly isCatchAll: boolean;
}

/** Returns an Envoy route's name in its own table, and the delegating routes that lead there. */
export function routeNamesOf({
  table,
  route: { name, delegated },
}: EnvoyRoute): Pick<Taken, "table" | "route" | "through"> {
  return delegated ?? { table: table.maker.name, route: name };
}

/** Reports whether all conditions hold; unknown ones count as holding. */
export function holds(conditions: readonly Condition[], request: Incoming): boolean {
  for (const condition of conditions) if (condition.isKnown && !condition.holds(request)) return false;
  return true;
}

/** Returns the first condition that does not hold. */
export function firstFailure({ conditions, omitted }: EnvoyRoute, request: Incoming): FailedCondition | undefined {
  const failed = conditions.find((condition) => condition.isKnown && !condition.holds(request));
  if (failed === undefined) return omitted;
  const { on, name, wanted } = failed;
  return { on, ...(name !== undefined && { name }), wanted, found: failed.found(request) };
}

/** Caches the conditions of a matcher, made once for all clusters and ports. */
export type ConditionsOf = (matcher: Matcher) => readonly Condition[];

/**
 * Returns the Envoy routes of a table at a bound port.
 *
 * Istio: BuildHTTPRoutesForVirtualService (pilot/pkg/networking/core/route/route.go). A matcher for another port is
 * omitted, nothing follows a catch-all route, and a route with an empty matcher has no other matchers.
 */
export function envoyRoutesOf(
  table: PlannedRoutes,
  boundPort: number,
  conditionsOf: ConditionsOf,
): readonly EnvoyRoute[] {
  const envoyRoutes: EnvoyRoute[] = [];
  for (const route of table.routes) {
    if (route.matchers.length === 0 || route.matchers.some(isEmpty)) {
      envoyRoutes.push({ table, route, conditions: [], isKnown: true, isCatchAll: true });
      return envoyRoutes;
    }
    for (const [index, content] of route.matchers.entries()) {
      const conditions = conditionsOf(content);
      const omitted = otherPort(content, boundPort);
      const isPortKnown = content.port === undefined || isKnown(content.port);
      const envoyRoute: EnvoyRoute = {
        table,
        route,
        matcher: { index, content },
        conditions,
        isKnown: isPortKnown && conditions.every((condition) => condition.isKnown),
        ...(omitted && { omitted }),
        isCatchAll: isCatchAll(content),
      };
      envoyRoutes.push(envoyRoute);
      if (envoyRoute.isCatchAll && omitted === undefined && isPortKnown) return envoyRoutes;
    }
  }
  return envoyRoutes;
}

/** Reports whether Istio generates any route of a table for a port. */
export function hasEnvoyRoutes({ routes }: PlannedRoutes, boundPort: number): boolean {
  return routes.some(
    ({ matchers }) =>
      matchers.length === 0 ||
      matchers.some((matcher) => isEmpty(matcher) || otherPort(matcher, boundPort) === undefined),
  );
}

function isEmpty({ uri, headers, queryParameters, claims, method, port }: Matcher): boolean {
  return (
    uri === undefined &&
    headers.length === 0 &&
    queryParameters.length === 0 &&
    claims === undefined &&
    method === undefined &&
    port === undefined
  );
}

/** Istio: IsCatchAllRoute (route.go). */
function isCatchAll({ uri, headers, queryParameters, claims, method }: Matcher): boolean {
  const isEvery =
    uri === undefined || (uri.kind === "prefix" && uri.value === "/") || (uri.kind === "regex" && uri.value === ".*");
  const isOpen = claims === undefined && method === undefined;
  return isEvery && headers.length === 0 && queryParameters.length === 0 && isOpen;
}

function otherPort({ port }: Matcher, boundPort: number): FailedCondition | undefined {
  if (port === undefined || !isKnown(port) || port === boundPort) return undefined;
  return { on: "port", wanted: { how: "exact", value: String(port) }, found: [String(boundPort)] };
}
