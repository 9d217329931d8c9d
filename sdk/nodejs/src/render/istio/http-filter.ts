/** Envoy HTTP filters that Istio has no field for. Tested with upstream Envoy 1.40 and istiod 1.31. */

import type { RoutePolicyKind } from "../../kinds/kinds.js";
import type { Json } from "../../kube/object.js";
import { derive } from "../../model/deferred.js";
import { millisecondsOf } from "../../model/duration.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { PlannedTarget } from "../../plan/planned-target.js";
import type { PlannedRoutes } from "../../plan/types.js";
import { envoyCluster } from "./destination.js";

/**
 * A filter of one table's proxies. It is disabled for all routes of a proxy, and enabled by some routes of the table.
 */
export interface HttpFilter {
  /** Unique among all filters of a proxy, because Envoy finds per-route settings by this name. */
  readonly name: string;
  /** Settings for routes that have none of their own. */
  readonly settings: Json;
  /** Per-route settings, by route name. */
  readonly routes: ReadonlyMap<string, Json>;
}

/**
 * Renders the filters that a table needs for one kind of policy; `scope` is the table's unique name among all tables of
 * its proxies.
 */
export type HttpFilterRenderer = (table: PlannedRoutes, scope: string) => readonly HttpFilter[];

/** Returns the type URL of an Envoy API message, such as `config.route.v3.FilterConfig`. */
export function envoyType(name: string): string {
  return `type.googleapis.com/envoy.${name}`;
}

/** Returns the policies of one kind in a table, by route. */
export function policiesByRoute<K extends RoutePolicyKind>(
  { routes }: PlannedRoutes,
  kind: K,
): ReadonlyMap<string, AppliedPolicy<K>["value"]> {
  return new Map(
    routes.flatMap(({ name, policies }) => {
      const applied: AppliedPolicy<K> | undefined = policies?.[kind];
      return applied === undefined ? [] : [[name, applied.value] as const];
    }),
  );
}

/** Formats a duration for Envoy's API, in seconds. */
export function envoyDuration(duration: string): string {
  return derive([duration], () => `${(millisecondsOf(duration) ?? 0) / 1000}s`);
}

/** Returns the gRPC service of a server that a filter calls. */
export function envoyGrpc(target: PlannedTarget): { readonly [field: string]: Json } {
  return { envoy_grpc: { cluster_name: envoyCluster(target), authority: target.setHost ?? target.host } };
}

/** Returns the policies of one kind in a table, by name, with the routes that they apply to. */
export function namedPolicies<K extends RoutePolicyKind>(
  { routes }: PlannedRoutes,
  kind: K,
): ReadonlyMap<string, { readonly policy: AppliedPolicy<K>; readonly routes: readonly string[] }> {
  const found = new Map<string, { policy: AppliedPolicy<K>; routes: string[] }>();
  for (const { name, policies } of routes) {
    const policy: AppliedPolicy<K> | undefined = policies?.[kind];
    if (policy === undefined) continue;
    const known = found.get(policy.name) ?? { policy, routes: [] };
    known.routes.push(name);
    found.set(policy.name, known);
  }
  return found;
}

/**
 * Returns one filter for all routes of a table that have a policy of this kind, with per-route settings; none if no
 * route has one.
 */
export function filterWithRouteSettings<K extends RoutePolicyKind>(
  table: PlannedRoutes,
  kind: K,
  {
    name,
    settings,
    ofRoute,
  }: Pick<HttpFilter, "name" | "settings"> & { ofRoute: (policy: AppliedPolicy<K>["value"]) => Json },
): readonly HttpFilter[] {
  const policies = policiesByRoute(table, kind);
  if (policies.size === 0) return [];
  const routes = new Map([...policies].map(([route, policy]) => [route, ofRoute(policy)]));
  return [{ name, settings, routes }];
}
