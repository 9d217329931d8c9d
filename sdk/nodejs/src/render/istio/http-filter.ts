/** HTTP filters of Envoy that Istio has no field for. Tried on upstream Envoy 1.40 and istiod 1.31. */

import type { RoutePolicyKind } from "../../kinds/kinds.js";
import type { Json } from "../../kube/object.js";
import { derive } from "../../model/deferred.js";
import { millisecondsOf } from "../../model/duration.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { PlannedTarget } from "../../plan/planned-target.js";
import type { PlannedRoutes } from "../../plan/types.js";
import { envoyCluster } from "./destination.js";

/** A filter of one table's proxies. It is there for all routes of a proxy, switched off, and some routes of the table switch it on. */
export interface HttpFilter {
  /** Envoy finds the settings of routes by this name, so it is unique among all filters of a proxy. */
  readonly name: string;
  /** The settings for routes that have none of their own. */
  readonly settings: Json;
  /** By route, its own settings. */
  readonly routes: ReadonlyMap<string, Json>;
}

/** The filters of one kind of policy that a table needs; `scope` is the table's name among all tables of its proxies. */
export type HttpFilterMaker = (table: PlannedRoutes, scope: string) => readonly HttpFilter[];

/** The type of a message of Envoy's API, such as `config.route.v3.FilterConfig`. */
export function envoyType(name: string): string {
  return `type.googleapis.com/envoy.${name}`;
}

/** The policies of one kind in a table, by route. */
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

/** A duration as Envoy's API writes it, in seconds. */
export function envoyDuration(duration: string): string {
  return derive([duration], () => `${(millisecondsOf(duration) ?? 0) / 1000}s`);
}

/** A server that a filter asks by gRPC. */
export function envoyGrpc(target: PlannedTarget): { readonly [field: string]: Json } {
  return { envoy_grpc: { cluster_name: envoyCluster(target), authority: target.setHost ?? target.host } };
}

/** The policies of one kind in a table, by name, with the routes that they are for. */
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

/** One filter for all routes of a table that have a policy of this kind, each with settings of its own; none where no route has one. */
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
