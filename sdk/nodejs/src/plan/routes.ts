import { dnsName } from "../kube/names.js";
import { derive, type Leaf } from "../model/deferred.js";
import type { EffectiveRoute, EffectiveTable } from "../model/delegation.js";
import type { RouteDestination } from "../model/destination.js";
import { type ChosenPolicies, EffectivePolicies } from "../model/effective-policies.js";
import type { Policies } from "../model/policies.js";
import type { RouteTable } from "../model/route-table.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import type { PlannedRoutePolicies } from "./planned-route-policies.js";
import type { PlannedTarget } from "./planned-target.js";
import { planRoutePolicies } from "./route-policies.js";
import type { TargetPlanner, View } from "./targets.js";
import type { PlannedRoute } from "./types.js";
import { sharesOf } from "./weights.js";

/** The input for planning the routes of one table for some callers. */
export interface RouteContext {
  readonly model: Policies;
  readonly table: EffectiveTable;
  /** Absent for callers with sidecars. */
  readonly gateway?: VirtualGateway | undefined;
}

/** Plans the routes of a table. */
export interface RoutePlanner {
  /** Destinations of the routes and of the requests that policies make. */
  readonly destinations: readonly RouteDestination[];
  /** Plans the routes for all clusters with the same views. */
  readonly plan: (views: readonly View[]) => readonly PlannedRoute[];
}

/**
 * Returns a planner that shares a planned route between views that agree on the destinations of the route and its
 * policies.
 */
export function routePlanner({ table, gateway, model }: RouteContext, targets: TargetPlanner): RoutePlanner {
  const ports = boundPorts(gateway);
  const policies = new EffectivePolicies(model, table, gateway);
  const routes = table.http.map((route) => {
    const destinations = destinationsOf(route, table);
    const chosen = policies.of(route);
    const all = [...destinations, ...(chosen?.destinations ?? [])];
    return { route, chosen, destinations, slots: all.map((destination) => targets.slotOf(destination)), all };
  });
  const earlier: { readonly views: readonly View[]; readonly planned: readonly PlannedRoute[] }[] = [];
  const plan = (views: readonly View[]): readonly PlannedRoute[] => {
    const applied = new Map<ChosenPolicies, PlannedRoutePolicies>();
    const planned = routes.map(({ route, chosen, destinations, slots }, index) => {
      const alike = earlier.find((other) => slots.every((slot) => other.views[slot] === views[slot]));
      if (alike?.planned[index] !== undefined) return alike.planned[index];
      const planned = planRoute(route, ports, () => planTargets(route, destinations, targets, views));
      if (chosen === undefined) return planned;
      const policies = applied.get(chosen) ?? planRoutePolicies(chosen, (each) => planOwnTarget(each, targets, views));
      applied.set(chosen, policies);
      return { ...planned, policies };
    });
    earlier.push({ views, planned });
    return planned;
  };
  return { destinations: [...new Set(routes.flatMap(({ all }) => all))], plan };
}

function planRoute(
  route: EffectiveRoute,
  ports: ReadonlyMap<Leaf<number>, Leaf<number>>,
  targets: () => readonly PlannedTarget[],
): PlannedRoute {
  const { labels, matchers, action } = route;
  const named = namesOf(route);
  const bound = ports.size === 0 ? matchers : matchers.map((matcher) => withBoundPort(matcher, ports));
  if (action.kind !== "forward") return { ...named, labels, matchers: bound, action };
  return {
    ...named,
    labels,
    matchers: bound,
    action: {
      kind: "forward",
      targets: targets(),
      ...(action.path && { path: action.path }),
      ...(action.host?.kind === "literal" && { host: action.host.value }),
    },
  };
}

/**
 * Names a route uniquely in its effective table: prefixed with the routes and tables that delegate to it, because names
 * are unique only within a table.
 */
function namesOf({ name, way }: EffectiveRoute): Pick<PlannedRoute, "name" | "delegated"> {
  const steps = way?.steps ?? [];
  const leaf = steps.at(-1);
  if (leaf === undefined || steps.length < 2) return { name };
  const parts = steps.flatMap(({ table, value, index }, place) => [
    ...(place === 0 ? [] : [dnsName(table)]),
    value.http[index]?.name ?? "",
  ]);
  const through = steps
    .slice(0, -1)
    .map(({ table, value, index }) => ({ table, route: value.http[index]?.name ?? "" }));
  return { name: parts.join("/"), delegated: { table: leaf.table, route: name, through } };
}

function planTargets(
  { action }: EffectiveRoute,
  destinations: readonly RouteDestination[],
  targets: TargetPlanner,
  views: readonly View[],
): PlannedTarget[] {
  const shares = sharesOf(destinations.map(({ weight }) => weight));
  const toDestination = action.kind === "forward" && action.host?.kind === "destination";
  return destinations.map((destination, index) => {
    const view = views[targets.slotOf(destination)] ?? "plain";
    return targets.plan(destination, shares[index] ?? 0, view, toDestination);
  });
}

/** Plans the destination of a policy's own requests, with the host by which the destination is known there. */
function planOwnTarget(destination: RouteDestination, targets: TargetPlanner, views: readonly View[]): PlannedTarget {
  return targets.plan(destination, 100, views[targets.slotOf(destination)] ?? "plain", true);
}

/** Returns the destinations of a route; the table's default destination if it names none. */
function destinationsOf({ action }: EffectiveRoute, { defaultDestination }: RouteTable): readonly RouteDestination[] {
  if (action.kind !== "forward") return [];
  if (action.destinations.length > 0) return action.destinations;
  return defaultDestination === undefined ? [] : [defaultDestination];
}

/** Maps client ports to bound ports, for the listeners where they differ. */
export function boundPorts(gateway: VirtualGateway | undefined): ReadonlyMap<Leaf<number>, Leaf<number>> {
  return new Map(
    (gateway?.listeners ?? [])
      .filter(({ port, targetPort }) => port !== targetPort)
      .map(({ port, targetPort }) => [port, targetPort]),
  );
}

export function withBoundPort<M extends { readonly port?: Leaf<number> }>(
  matcher: M,
  ports: ReadonlyMap<Leaf<number>, Leaf<number>>,
): M {
  const { port } = matcher;
  if (port === undefined) return matcher;
  const bound = ports.get(port);
  return { ...matcher, port: bound ?? derive([port, ...ports.keys()], () => port) };
}
